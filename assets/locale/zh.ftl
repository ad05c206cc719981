# Convscope，简体中文。

## 框架

view-step = 逐步
choose-network = 选择网络
badge-untrained = 未训练：随机权值
badge-trained-on = 权值曾用这个数字训练
input = 输入
input-loading = 读取中…
input-digit = #{ $index } · 标签 { $label }
input-file = { $file }
input-photo = { $file } · 未送入
open-gallery = 从 5,000 个手写数字中选择
open = 打开…
open-hint = 打开图片、权值、网络或场景；也可以把文件拖到窗口里
stages = 预处理
stages-hint = 网络看到的图像，一步一步
colour-range = 色彩范围
range-map = 特征图
range-layer = 层
range-network = 网络
signed-colours = 正负
signed-colours-hint = 颜色以零为中心：蓝色为负，橙色为正
other-language = English (F2)
other-theme = 浅色或深色（F3）
status-computing = 计算中…
status-gpu = 特征图由 GPU 绘制
status-cpu = 特征图由 CPU 绘制
close = 关闭
fit = 显示全图

## 图

figure-name = 网络，从图像到答案
input-layer = 输入
squared-distance-short = 平方距离
colour-bar-caption = 激活值，{ $layer }
first-hint = 悬停：查看 · 单击：固定并解释 · ← → 换层 · 滚轮缩放，拖动平移 · ? 全部按键
map-name = { $layer }，{ $map } 号特征图
vector-name = { $layer }，{ $units } 个神经元
loupe-name = 放大的特征图
sees-of-image = 看到图像的 { $rows }×{ $columns }
score-name = 类别 { $label }：{ $score }

## 检查器

nothing-pinned = 单击任意特征图中的一个神经元，这里就会展开它的算式，直到每一个乘积。
title-pixel = 图像，一个像素
title-unit = { $layer } · { $unit } 号神经元
title-map = { $layer } · { $map } 号特征图
row-column = 行 { $row }、列 { $column }
headline-products = 这一个数 { $value } 由 { $terms } 个乘积相加而成。
headline-max = 这一个数 { $value } 是 { $terms } 个数中最大的。
headline-distance = F6 的图案与 { $label } 的位图相距 { $value }：{ $terms } 个差的平方之和。
headline-softmax = { $label } 占 { $percent } %：它在 { $terms } 个指数中的份额。
headline-pixel = 一个像素 { $value }：这里没有计算。纸是 −0.1，墨是 1.175。
chip-why-these-maps = 为什么是这 { $maps } 张图？
chip-where-on-the-image = 在图像的哪里？
chip-begin = 从 { $layer } 开始
trail-hint = 单击名称或按 Backspace 返回
section-patch-kernel = 局部窗口 × 卷积核，按输入特征图
section-window = 窗口及其最大值
section-window-sum = 窗口：共用一个系数
section-values-weights = 值 × 权值
section-distance = (F6 − 位图)²
section-exponentials = e^(得分 − 最大得分)
section-sum = 总和
section-activation = 激活函数
section-terms = 全部 { $terms } 项，绝对值大的在前
section-links = 哪些特征图相连
section-field = 感受野
section-map-histogram = { $layer }，{ $map } 号特征图：{ $count } 个值
section-layer-histogram = { $layer }：{ $count } 个值
cells-patch = 神经元从 { $map } 号图读到的值
cells-kernel = 对应 { $map } 号图的权值
cells-products = 对应 { $map } 号图的乘积
padding-note = 灰色格子在填充区：那里没有像素，按 0 计算。
sum-largest = 最大值
sum-denominator = 指数之和
sum-of-four = 窗口之和
sum-coefficient = 系数
sum-of-maps = { $maps } 张图的乘积
sum-bias = 偏置
curve-name = 激活函数与这个神经元的点
links-why = C3 的每张图并不与 S2 的所有图相连，而是各看不同的几张（行：S2，列：C3）：连接更少，各图学到的也不同。单击一列。
links-name = 连接表
field-layer = 层
field-sees = 看到
field-jump = 累积步长
field-start = 起点
field-on-image = 图像行 { $top }–{ $bottom }、列 { $left }–{ $right }（从 0 数）
field-not-exact = ≤：最小外接框；因分支或空洞，框内有的像素看不到。

## 解说

narrator-waiting = 正在打开网络。
narrator-photo = 这张图不像一个数字，还没有计算任何东西。
narrator-unit = { $layer }，{ $map } 号特征图，行 { $row }、列 { $column }（从 0 数）：{ $value }，由 { $terms } 个值得出；看到图像的 { $rows }×{ $columns } 个像素。
narrator-vector-unit = { $layer }，{ $map } 号神经元：{ $value }，由 { $terms } 个值得出；看到图像的 { $rows }×{ $columns } 个像素。
narrator-distance = { $layer }，类别 { $label }：F6 的图案与位图的平方距离为 { $value }；最近的类别就是答案。
narrator-probability = { $layer }，类别 { $label }：{ $percent } %。
narrator-pixel = 图像，行 { $row }、列 { $column }（从 0 数）：{ $value }。
narrator-product = { $source }，{ $map } 号图，行 { $row }、列 { $column }：{ $value } × { $weight } = { $product }
narrator-padding = 行 { $row }、列 { $column } 在 { $source } 的填充区，按 0 计算。
narrator-squared = { $source }，{ $map } 号神经元：({ $value } − { $weight })² = { $product }
narrator-exponential = { $source }，类别 { $map }：{ $value } 变为 { $product }
narrator-answer-distance = { $title } 读作 { $label }：它的位图最近，平方距离 { $score }。距离小并不能证明什么。
narrator-answer-score = { $title } 读作 { $label }，得分最大：{ $score }。

## 消息

worker-ended = 计算引擎停止了（{ $message }）。画面上的内容仍然正确；重新启动即可继续。
worker-restart = 重新启动
scene-saved = 已保存：{ $path }
ask-photo = 这看起来像一张照片，而不是纸上的一个数字。LeNet 只见过数字：无论给它看什么，它都会说出一个数字。
ask-no-ink = 这张图上什么也没有写。
ask-several = 这张图上有好几样东西；LeNet 一次只认一个数字。
feed-anyway = 仍然送入 { $network }
back-to-digits = 回到数字

## 对话框

gallery-title = 手写数字
gallery-all = 全部
gallery-test = 测试集，训练时没见过
gallery-train = 训练集
gallery-wrong = 认错的
gallery-count = { $count } 个数字
stages-title = 网络看到的图像
stages-note = 预处理属于权值：网络就是用这样处理过的图像训练的。
stage-original = 原图
stage-fit-within = 缩小
stage-grey = 灰度
stage-invert = 墨亮纸暗
stage-level = 光照均匀
stage-crop = 裁到墨迹
stage-thicken = 笔画与 MNIST 同宽
stage-scale = 缩放到 20
stage-centre = 按质心居中于 28
stage-pad = 填充到 32
stage-normalise = 纸 −0.1，墨 1.175
stage-resize = 缩放
stage-centre-crop = 取中间
stage-channel-order = 通道重排
stage-mean-scale = 减去均值
path-title = 打开
choose-file = 选择文件…
type-a-path = 或输入路径
open-path = 打开
open-kinds = 图片（PNG、JPEG、GIF、BMP、TIFF、WebP）、权值（.safetensors）、网络和场景（.json）
keys-title = 按键
key-layer = 上一层、下一层
key-map = 上一张、下一张特征图
key-unit = 图中另一个神经元
key-ends = 第一层、最后一层
key-enter = 放大固定的特征图
key-escape = 退出：对话框、放大镜、缩放、固定
key-back = 回到来处的神经元
key-fit = 显示全图
key-open = 打开文件
key-save = 保存场景
key-copy = 复制固定的值（完整精度）
key-undo = 撤销、重做
key-language-theme = 语言、浅色或深色
key-keys = 这些按键
key-quit = 结束；下次打开时恢复
keys-mouse = 单击神经元以固定，单击它的一个乘积就走到来源。滚轮缩放，拖动平移；触摸板双指平移，捏合缩放。
