# Convscope，简体中文。

## 框架

view-step = 逐步
view-parameters = 参数
preset-toy = 玩具：24 个输入，24 个节点
preset-course = 原文：10⁶ 个像素，10⁶ 个节点
preset-c1 = LeNet-5 的 C1
preset-c3 = LeNet-5 的 C3
preset-conv1 = AlexNet 的 conv1
preset-fc6 = AlexNet 的 fc6
choose-network = 选择网络
badge-untrained = 未训练：随机权值
badge-fitted = 图像经裁切或填充以适合网络的输入
badge-trained-on = 权值曾用这个数字训练
input = 输入
input-loading = 读取中…
input-digit = #{ $index } · 标签 { $label }
input-file = { $file }
input-photo = { $file } · 未送入
input-not-a-digit = { $file } · 不是数字
open-gallery = 从 5,000 个手写数字中选择
open = 打开…
open-hint = 打开图片、权值、网络或场景；也可以把文件拖到窗口里
stages = 预处理
stages-hint = 网络看到的图像，一步一步
colour-range = 色彩范围
range-map = 特征图
range-layer = 层
range-network = 网络
signed-colours = 颜色以零为中心
other-language = English (F2)
other-theme = 浅色或深色（F3）
status-computing = 计算中…
cancel = 取消
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
headline-coefficient = 这一个数 { $value } 由 { $terms } 个值和一个系数得出。
headline-max = 这一个数 { $value } 是 { $terms } 个数中最大的。
headline-distance = F6 的图案与 { $label } 的位图的平方距离 { $value }：{ $terms } 个差的平方之和。
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
section-exponentials = 得分 − 最大得分 的指数
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
narrator-value = { $source }，{ $map } 号特征图，行 { $row }、列 { $column }：{ $value }
narrator-padding = 行 { $row }、列 { $column } 在 { $source } 的填充区，按 0 计算。
narrator-squared = { $source }，{ $map } 号神经元：({ $value } − { $weight })² = { $product }
narrator-exponential = { $source }，类别 { $map }：{ $value } 变为 { $product }
narrator-answer-distance = { $title } 读作 { $label }：它的位图最近，平方距离 { $score }。距离小并不能证明什么。
narrator-answer-score = { $title } 读作 { $label }，得分最大：{ $score }。

## 消息

worker-ended = 计算引擎停止了（{ $message }）。画面上的内容仍然正确；重新启动即可继续。
worker-restart = 重新启动
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
stage-scale = 缩放
stage-centre = 按重心居中
stage-pad = 填充
stage-scale-height = 按行数缩放
stage-pad-rows = 填充行
stage-normalise = 纸与墨的值
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
key-enter = 深入一级：层、特征图、演算纸、乘积
key-escape = 退出：对话框、播放、演算纸、缩放、固定
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

## 纸上练习

exercise-title = 练习
exercise-key = 答案
exercise-number = 第 { $seed } 份
exercise-name = 姓名
exercise-rounding = 所有数都保留四位小数，请用印出的数计算；末位可能与答案略有出入。
exercise-task-patch = 这个神经元从 { $source } 的 { $maps } 张特征图各读取一个局部窗口，每张图各有一个卷积核。这里是其中一张：把窗口中的每个值与卷积核同一位置的权值相乘，填出标出的 { $blanks } 个乘积；再把全部 { $terms } 个乘积相加，最后完成这个神经元的总和。
exercise-task-patch-alone = 这个神经元读取 { $source } 的一个局部窗口。把窗口中的每个值与卷积核同一位置的权值相乘，填出标出的 { $blanks } 个乘积；再把全部 { $terms } 个乘积相加，最后完成这个神经元的总和。
exercise-task-terms = 这个神经元把 { $terms } 项相加。算出列出的 { $chosen } 项，加上其余各项之和，再完成这个神经元的总和。
exercise-task-terms-all = 这个神经元把 { $terms } 项相加。逐项算出，再完成这个神经元的总和。
exercise-task-add = 这个神经元把读到的值相加。算出总和与输出。
exercise-task-coefficient = 这个神经元把窗口中的值相加，乘以整张图共用的一个系数，再加上偏置。填出所有标出的空格。
exercise-task-mean = 这个神经元是窗口中 { $terms } 个值的平均值。填出所有标出的空格。
exercise-task-largest = 这个神经元输出窗口中的最大值。圈出最大值（若有几个相等，圈按行数的第一个），并填出所有标出的空格。
exercise-task-distance = 这个神经元把 { $source } 与 { $label } 的位图相比较。这里给出两者的第 { $row } 行：相减、平方，填出标出的平方；把它们相加，再加上其他各行之和，得到平方距离。
exercise-task-softmax = 这个神经元给出 { $label } 在所有指数 e^(z − m) 中占的份额，m 是最大的得分。填出标出的指数，把全部指数相加，再算出份额。
exercise-patch = { $source } 的 { $map } 号图：窗口 × 卷积核
exercise-patch-values = 局部窗口及其在图上的行和列
exercise-kernel = 卷积核
exercise-products = 乘积
exercise-partial = { $map } 号图的部分和
exercise-other-maps = 其他各图的部分和
exercise-other-maps-rest = 其他 { $maps } 张图之和
exercise-map = { $map } 号图
exercise-all = 合计
exercise-sum = x，总和
exercise-output = y，总和
exercise-terms = { $terms } 项中的 { $chosen } 项
exercise-terms-all = 全部各项
exercise-value = 值
exercise-weight = 权值
exercise-product = 乘积
exercise-bitmap = 位图
exercise-square = 差的平方
exercise-rest = 其余 { $terms } 项之和
exercise-window = { $source } 的 { $map } 号图上的窗口
exercise-share = 系数 1 / { $terms }
exercise-mean = 平均值
exercise-scaled = 系数 × 和
exercise-row = 第 { $row } 行
exercise-row-of-picture = 图案的第 { $row } 行
exercise-row-sum = 第 { $row } 行之和
exercise-other-rows = 其他各行之和
exercise-largest-score = m，最大的得分
exercise-share-of-all = { $label } 的份额
exercise-working = 演算

## 框架（续）

draw = 手写
draw-hint = 手写、移动或涂改输入（D）
present = 演示模式（F11）
more = 更多
go-to = 跳到任何地方…
copy-and-save = 复制与保存…
save-scene = 保存场景…
keep-size = 保持大小：当作一行来读
paste-picture = 粘贴图片
compare = 比较 A 与 B
cover-numbers = 遮住数字
speaker-window = 讲者窗口
both-languages = 中英对照
reduced-motion = 减少动画
scale = 大小（%）
recent = 最近看过
input-drawing = 手写图
input-pasted = 粘贴的图片
badge-edited = 已修改：权值或特征图经手动更改
badge-touched = 输入经移动、涂改，或预处理方式不同
time-back = 后退一步（,）
time-forward = 前进一步（.）
time-play = 播放（空格）
time-pause = 暂停（空格）
time-speed = 速度
time-from-image = 从图像开始播放（Shift + 空格）
time-of-the-unit = 这个神经元的运算
from-the-last-pass = 来自上一次完整计算
copied = 已复制。
saved = 已保存：{ $path }
covered = 已遮住：点击查看
in-other-language = { $text }（英文）

## 幻灯片

lecture-lenet = 讲座：LeNet-5 的故事
slide-name = 幻灯片 { $number }：{ $title }
slide-untitled = 幻灯片 { $number }
slide-add = 存为幻灯片
slide-update = 更新
slide-update-hint = 用当前画面替换这张幻灯片
slide-duplicate = 复制
slide-remove = 删除
slide-edit = 编辑
slide-words = 标题与讲稿
slide-title = 标题
slide-notes = 讲稿
slide-earlier = 前移
slide-later = 后移
slides-close = 关闭幻灯片
speaker-no-slides = 没有打开幻灯片
speaker-how = 从菜单（…）打开讲座，或把当前画面存为幻灯片：这里显示它的讲稿和下一张。
speaker-no-notes = 这张幻灯片没有讲稿。
speaker-place = 第 { $number } 张，共 { $count } 张
speaker-time = 从打开这个窗口算起
speaker-next = 下一张
speaker-back = 上一张
speaker-comes-next = 接下来
speaker-the-end = 这是最后一张。

## 动手

pad-draw = 手写
pad-move = 移动
pad-paint = 涂改
pad-pen = 笔
pad-eraser = 橡皮
pad-clear = 清空
pad-one-digit = 一个数字
pad-line = 一行数字
pad-name = 手写板
pad-hint = 笔与 MNIST 的一样粗。右键擦除。
pad-seen = 网络看到的图像：按墨迹裁切、缩放，并按重心居中
pad-empty = 手写板是空的，没有可计算的内容。请写一个数字。
move-tensor = 预处理之后：拖动以移动，滚轮缩放，Shift + 滚轮旋转
move-tensor-name = 可移动的网络输入
move-raw = 预处理之前：移动原图，看居中如何抵消移动
move-raw-name = 可移动的原图
move-turn = 旋转
move-scale = 大小
move-rows = 下移（行）
move-columns = 右移（列）
trained-with-shifts = 这些权值的训练用到了平移和旋转。
touch-reset = 恢复原样
paint-ink = 墨
paint-paper = 纸
paint-name = 可涂改的网络输入
paint-hint = 逐个像素涂改网络看到的图像。右键涂成纸。
paint-pixel = 行 { $row }、列 { $column }：{ $value }
read-as-a-line = 当作一行来读
one-digit-again = 恢复为一个数字
strip-name = 一行数字
line-empty = 请在这里写一行数字，例如 3 1 4 1 5。
line-reads = LeNet 读出 { $text }：同一组权值用在 { $positions } 个位置上，每个位置下面是最接近的类别。
line-reads-nothing = LeNet 在这里没有读出数字。每个位置下面是最接近的类别，无论相差多远。
position-name = 位置 { $position }：{ $label }
compare-name = A 与 B，逐层比较
compare-hint = B 是开始比较时的画面；改变输入或网络，A 随之改变。
compare-again = 把当前设为 B
compare-end = 结束比较
compare-scores = 得分

## 运算

chip-worksheet = 演算纸
chip-mute = 关闭这张图
chip-unmute = 恢复这张图
chip-mute-hint = 整张图输出 0，后面的一切随之改变（M）
muted-note = 这张图已关闭：无论总和是多少，传出的都是 0。
sum-so-far = 已加 { $done } / { $terms }
turn-bias = 调整
turn-coefficient = 调系数
section-knob = 手中的权值
knob-value = 权值的大小
knob-before = 恢复为 { $value }
knob-hint = 在这张卡片上滚动滚轮即可调整，一切随之改变。
kernel-replace = 替换卷积核
kernel-flip-both = 旋转 180°
kernel-flip-rows = 上下翻转
kernel-flip-columns = 左右翻转
kernel-horizontal-edge = 水平边
kernel-vertical-edge = 垂直边
kernel-blur = 模糊
kernel-sharpen = 锐化
kernel-gabor-0 = Gabor 0°
kernel-gabor-45 = Gabor 45°
kernel-gabor-90 = Gabor 90°
kernel-gabor-135 = Gabor 135°
kernel-zero = 全零：关闭这个通道
edited-count = 已修改 { $count } 处
edited-reset = 撤销全部修改
question-title = 为什么是 { $a } 而不是 { $b }？
question-this = 为什么是
question-not-that = 而不是
question-distances = 到 { $a } 的 d² 是 { $of_a }，到 { $b } 的是 { $of_b }，相差 { $difference }。只有两张位图不同的 { $terms } 个格子起作用。
question-scores = { $a } 的得分是 { $of_a }，{ $b } 的得分是 { $of_b }，相差 { $difference }，由 { $terms } 个乘积组成。
question-formula-distance = d²({ $a }) − d²({ $b }) = 2 · Σ fᵢ ·（{ $b } 的位图ᵢ − { $a } 的位图ᵢ）
question-formula-score = z({ $a }) − z({ $b }) = Σ fᵢ ·（w{ $a }ᵢ − w{ $b }ᵢ）+ 偏置
question-products = 每个格子对差值的贡献
question-key-distance = 蓝色（−）支持 { $a }：使它的距离变小。橙色（+）支持 { $b }。灰色格子在两张位图里相同。点击格子看它由什么组成。
question-key-score = 橙色（+）支持 { $a }，蓝色（−）支持 { $b }。点击格子看它由什么组成。
question-rest = 其余 { $count } 个
question-biases = 偏置之差
question-sum = 差值
section-gradient = 在图像上
question-heat = 图像上的洋红色：改变哪里的像素最能改变这个差值（|梯度|）。
open-worksheet = { $map } 号图的演算纸
worksheet-title = { $unit } 的演算纸
worksheet-map = { $map } 号图
worksheet-part = { $map } 号图（第 { $number } 张，共 { $count } 张）
worksheet-all = 全部行
worksheet-back = 上一张图
worksheet-on = 下一张图
worksheet-values = 数值
worksheet-weights = 权值
worksheet-head = 数值 × 权值 = 乘积
worksheet-head-squares = （数值 − 位图）²
worksheet-head-exponentials = 指数

## 术语

term-kernel = 卷积核（滤波器）是一小张权值表。它在图上滑动，在每个位置把权值与下面的数值相乘再相加。它按画出的方向使用（互相关）。
term-max-pooling = 最大池化保留每个窗口中最大的值，忘掉它在窗口中的位置。
term-subsampling = 降采样把四个相邻的值相加，乘以一个可训练系数，再加偏置：每张图各一个。
term-fully-connected = 全连接：上一层的每个值对这个神经元都有自己的权值。
term-rbf = 径向基函数：F6 的图像与类别位图之间的平方距离，最小者就是答案。
term-softmax = Softmax 把得分变成总和为 1 的份额：各自的指数除以全部指数之和。
term-bias = 偏置是每张图一个的数，无论图像如何，都加到每个总和上。
term-activation = 激活函数把总和弯曲。没有它，叠起来的许多层只等于一层。
term-channel = 通道是一层所读取的多张图中的一张。
term-receptive-field = 神经元的感受野是它能看到的那部分图像。
term-weight = 权值是训练得到的数。在卷积中，同一个权值用在每个位置。
term-gradient = 梯度说明每个像素稍有变化时，结果会改变多少。
term-feature-map = 特征图是一个卷积核（连同偏置和激活函数）在所有位置上的结果。

## 跳转与导出

save-title = 保存
save-view = 把当前画面连同手写和修改存为场景文件。
save-slides = 保存全部幻灯片；正在显示的一张按当前画面保存。
save-path = 文件
save-choose = 选择位置…
show-inspector = 检查器（I）
largest-so-far = 前 { $done } / { $terms } 个中的最大值
narrator-muted = { $unit } 已关闭：无论总和是多少，传出的都是 0。
worksheet-source = 来源
worksheet-bitmap = 位图
worksheet-total = 累计
worksheet-largest = 目前最大
palette-title = 跳转
palette-hint = 层、特征图、类别、数字编号、网络、设置…
palette-nothing = 没有这样的名称。
go-network = 网络 { $name }
go-digit = { $number }：数字 #{ $index }，标签 { $label }
go-layer = 层 { $layer }
go-class = { $layer }，类别 { $label }
go-scale = 大小 { $percent } %
go-speed = 速度 { $speed }×
export-view-2 = 窗口图片，2×
export-view-4 = 窗口图片，4×
export-figure-2 = 带说明的图，2×
export-figure-4 = 带说明的图，4×
export-map = 固定的特征图（CSV 表格）
export-terms = 固定神经元的全部项（CSV 表格）
export-sum-text = 总和（文本）
export-sum-latex = 总和（LaTeX）
export-exercise = 纸上练习（PDF）
exercise-for-seed = 练习编号（每个学生可用不同的编号）
export-copy = 复制
export-save = 保存
export-folder = 保存到的文件夹；留空则每次询问
key-play = 播放固定的层；从图像开始
key-step-time = 后退、前进一步
key-speed = 减速、加速
key-draw = 手写
key-mute = 关闭固定的特征图
key-palette = 跳到任何地方
key-export = 复制与保存
key-paste = 粘贴图片
key-slides = 上一张、下一张幻灯片
key-present = 讲者窗口；演示模式
key-cover = 遮住数字；按住：聚光灯
key-scale = 放大、缩小、还原

## 事件

narrator-covered = 数字已遮住：先猜，再点击查看。
narrator-blank = 手写板是空的：没有计算任何内容。
event-part = { $layer }，{ $map } 号特征图：窗口位于行 { $row }、列 { $column }；正在相加来自 { $source } { $input } 号图的 { $products } 个乘积。
event-part-vector = { $layer }，{ $map } 号神经元：正在相加来自 { $source } { $input } 号图的 { $products } 个乘积。
event-max = { $layer }，{ $map } 号特征图：窗口位于行 { $row }、列 { $column }；正在找出其中最大的值。
event-squares = { $layer }，类别 { $map }：正在把 F6 的图像与位图逐格比较。
event-exponentials = { $layer }，类别 { $map }：正在相加所有得分的指数。
event-partial = { $source } { $input } 号图给出 { $sum }；目前的和是 { $total }。
event-bias = 加上偏置 { $bias }：{ $sum }。
event-result = { $layer } { $map } 号特征图，行 { $row }、列 { $column } 完成：{ $result }。
event-result-vector = { $layer } { $map } 号神经元完成：{ $result }。
narrator-question-distance = 到 { $a } 的 d² 是 { $of_a }，到 { $b } 的是 { $of_b }：差值 { $difference } 来自两张位图不同的地方。
narrator-question-score = { $a } 的得分是 { $of_a }，{ $b } 的得分是 { $of_b }：相差 { $difference }。

## 错误。键 error-… 只在这里：英文由错误自己说。路径放在最后。

error-other = 出错了：{ $reason }
error-io-not-found = 没有这个文件或文件夹
error-io-permission = 没有权限
error-io-exists = 已经存在
error-io-full = 磁盘已满
error-io-read-only = 磁盘是只读的
error-io-folder = 这是文件夹
error-io-no-folder = 路径中有一段不是文件夹
error-io-data = 内容不是可以读取的格式
error-io-other = { $reason }

# 数组与张量文件
error-tensors-read = 无法读取张量文件（{ $reason }）：{ $path }
error-tensors-write = 无法写入张量文件（{ $reason }）：{ $path }
error-tensors-too-large = 文件有 { $bytes } 字节，超过权值文件的上限 { $limit } 字节：{ $path }
error-tensors-folder = 这是文件夹，不是 safetensors 文件：{ $path }
error-tensors-format = 这不是可以读取的 safetensors 文件（{ $reason }）：{ $path }
error-tensors-type = 张量 { $tensor } 的类型是 { $type }，而只能读取 F16、F32 和 F64：{ $path }
error-array-shape = { $values } 个值不能组成形状为 { $shape } 的数组

# 网络
error-network-no-input = 网络必须以 input 类型的节点开头，而且只能有一个，请把它放在最前面
error-network-nodes = 网络有 { $nodes } 个节点，最多只能有 { $limit } 个
error-network-duplicate = 有两个节点都叫 { $node }，名称不能重复
error-network-unknown-input = 节点 { $node } 要读取 { $input }，但它前面没有叫这个名称的节点
error-network-arity-none = 类型为 { $kind } 的节点 { $node } 读取了 { $found } 个节点，而它不应读取任何节点
error-network-arity-one = 类型为 { $kind } 的节点 { $node } 读取了 { $found } 个节点，而它应当只读取一个
error-network-arity-two = 类型为 { $kind } 的节点 { $node } 读取了 { $found } 个节点，而它至少要读取两个
error-network-shape = 节点 { $node }：{ $problem }
error-network-json = JSON 有误：{ $reason }
error-shape-vanishes = 输出的形状 { $shape } 里没有任何神经元
error-shape-too-large = 输出的形状 { $shape } 太大
error-shape-window = 大小为 { $window } 的窗口放不进大小为 { $input } 的输入（含填充）
error-shape-window-range = 卷积核、步长和空洞率必须在 1 到 { $limit } 之间，填充最多为 { $limit }
error-shape-padding = 填充超过窗口的一半，会有窗口完全落在填充区里
error-shape-groups = { $arriving } 张输入图和 { $maps } 张输出图不能平均分成 { $groups } 组
error-shape-table-rows = 连接表有 { $rows } 行，而特征图有 { $maps } 张
error-shape-table-row = 连接表的每一行都必须按升序列出输入图的编号，编号小于 { $arriving }
error-shape-bitmaps = { $arriving } 张输入图与位图不符：位图应有 { $rows }×{ $columns } 个格子，每格为 +1 或 −1
error-shape-add = 形状 { $other } 不能与 { $first } 相加
error-shape-concat = 形状 { $other } 不能与 { $first } 拼接
error-shape-epsilon = ε 为 { $value }，而它必须大于 0 且不超过 1
error-shape-dropout = 随机失活的比例为 { $value }，而它必须在 0 到 { $limit } 之间
error-shape-normalisation = 局部响应归一化至少要看一张特征图
error-shape-reach = 它的神经元会看到超过 { $limit } 个像素；请用更小的窗口和步长
error-setting-range = { $what }须在 1 到 { $most } 之间，这里是 { $value }
error-setting-field = { $image } 的图像放不下 { $field } 的感受野；可以有 1 到 { $rows } 行、1 到 { $columns } 列
error-setting-stride = 步长 { $stride } 时，最后一个窗口不在边界处结束；合适的步长：{ $legal }
error-setting-groups = { $groups } 组不能整除 { $channels } 个通道和 { $kernels } 个卷积核；可以用：{ $legal }
error-setting-table = 连接表须为 { $kernels } 个卷积核各列一行，所列通道小于 { $channels }
error-setting-table-places = 有连接表时窗口须有真实位置；请选择 same 或 valid 填充
error-quantity-rows = 图像高度
error-quantity-columns = 图像宽度
error-quantity-channels = 通道数
error-quantity-hidden = 隐含节点数
error-quantity-field = 感受野边长
error-quantity-stride = 步长
error-quantity-kernels = 卷积核数
error-quantity-bytes = 每个权值的字节数
error-count-too-large = 数目超过 10³⁰；请缩小这一层或图像

# 解释
error-explain-outside = { $layer } 里没有神经元 { $unit }：它有 { $maps } 张 { $rows }×{ $columns } 的特征图，都从 0 数
error-explain-input = { $layer } 就是图像本身，那里没有任何计算；请选择后面的层
error-explain-kind = { $layer } 的类型是 { $kind }，目前还不能解释；请选择别的层
error-explain-no-contrast = { $layer } 的类型是 { $kind }，它的得分既不是加权和也不是平方距离，不能逐个输入比较两个类别；请选择别的网络
error-explain-no-weight = 权值里没有张量 { $tensor }；请打开为这个网络训练的权值

# 纸上练习
error-paper-nothing = { $layer } 的类型是 { $kind }，这个神经元没有可以手算的内容；请选择别的层
error-paper-window = { $layer } 的窗口有 { $rows }×{ $columns } 个格子，超过一页能看清的 { $limit }×{ $limit }；请选择别的层
error-paper-pdf = 无法生成 PDF（{ $reason }），请报告给我们

# 文件、数据、图片
error-file-missing = 没有这个文件，请检查名称：{ $path }
error-file-permission = 没有读取这个文件的权限，请修改权限或复制一份：{ $path }
error-file-folder = 这里需要文件，而这是文件夹，请选择其中的一个文件：{ $path }
error-file-special = 这是设备或管道，请选择普通文件：{ $path }
error-file-too-large = 文件有 { $bytes } 字节，最多只能读取 { $limit } 字节，请选择小一些的文件：{ $path }
error-file-failed = 读取失败（{ $reason }），请重试，或把文件复制到别处：{ $path }
error-idx-no-folder = 没有这个文件夹，请检查名称：{ $path }
error-idx-not-a-folder = 这是文件，而这里需要放着 idx 文件的文件夹：{ $path }
error-idx-no-files = 这里没有 idx 文件；它们叫 train-images-idx3-ubyte、t10k-images-idx3-ubyte 等，可以是 .gz：{ $path }
error-idx-half-pair = 缺少文件 { $missing }（可以是 .gz），请把它放进文件夹：{ $path }
error-idx-not-images = 文件开头不像存放图像的 idx 文件，请重新下载或删除它：{ $path }
error-idx-not-labels = 文件开头不像存放标签的 idx 文件，请重新下载或删除它：{ $path }
error-idx-truncated = 文件头说有 { $expected } 字节，而文件到 { $found } 字节就结束了，请重新下载：{ $path }
error-idx-trailing = 文件头说有 { $expected } 字节，而文件后面还有内容，请重新下载：{ $path }
error-idx-too-large = 文件头说有 { $count } 张 { $height }×{ $width } 的图像，超过能读取的 { $limit } 字节，请使用小一些的数据集：{ $path }
error-idx-no-images = 文件里没有图像，请换一个：{ $path }
error-idx-mismatch = { $labels } 个标签与 { $images } 张图像不符，请使用同一数据集的文件：{ $path }
error-idx-label = { $index } 号图像（从 0 数）的标签是 { $label }，超过了 { $last }，请使用十个类别的数据集：{ $path }
error-idx-gzip = 解压失败（{ $reason }），请重新下载：{ $path }
error-images-count = { $pixels } 个像素不是 { $labels } 张 { $height }×{ $width } 的图像
error-picture-empty = 文件是空的（0 字节），请重新保存或复制：{ $path }
error-picture-none = 不论它叫什么，这都不是图片，请选择 BMP、GIF、JPEG、PNG、PNM、TIFF 或 WebP 文件：{ $path }
error-picture-unsupported = 不能读取 { $format } 文件，请把它另存为 JPEG 或 PNG：{ $path }
error-picture-unsupported-kind = 不能读取这一种 { $format } 文件，请另存为普通的 JPEG 或 PNG：{ $path }
error-picture-too-many-pixels = { $width }×{ $height } 个像素超过能读取的 { $limit } 万，请把图片缩小：{ $path }
error-picture-memory = 解码这张图片需要的内存超过 { $limit } MB，请另存为 JPEG 或 PNG：{ $path }
error-picture-truncated = 文件没有完整的图片就结束了，请重新下载或复制：{ $path }
error-picture-damaged = 图片已损坏（{ $reason }），请重新保存为 JPEG 或 PNG：{ $path }
error-stage-needs-grey = 预处理 { $stage } 需要 { $needed } 个通道，而图像有 { $found } 个，请在它之前打开 grey
error-stage-needs-colour = 预处理 { $stage } 需要 { $needed } 个通道，而图像有 { $found } 个，请在它之前关闭 grey
error-stage-too-large = 预处理 { $stage } 得到 { $side }×{ $side } 的图像，而送来的是 { $height }×{ $width }，请在它之前缩小图像
error-stage-too-small = 预处理 { $stage } 要裁出 { $side }×{ $side }，而图像只有 { $height }×{ $width }，请在它之前放大图像
error-stage-parameter = 预处理 { $stage } 的参数是 { $value }，不在 1 到 { $limit } 之间，请改正预处理列表
error-stage-too-narrow = 预处理 { $stage } 不能处理 { $height }×{ $width } 的图像：它太窄太长，请裁剪图片
error-stage-too-wide = 预处理 { $stage } 把 { $height }×{ $width } 的图像变得比 { $widest } 像素还宽，请把图片裁成较短的几行
error-stage-too-high = 预处理 { $stage } 得到 { $rows } 行的图像，而送来的是 { $height }×{ $width }，请在它之前缩小图像
error-stages-none = 预处理列表是空的，而图像不能直接送入网络，请添加一步
error-stages-no-pixels = 图像没有像素，请换一张
error-drawing-width = 画板宽 { $width } 像素，不在 1 到 { $limit } 之间，请重新画
error-drawing-points = 图画有 { $points } 个点，超过 { $limit } 个，请用较少的笔画来画
error-drawing-length = 图画的笔画总长 { $length } 像素，超过 { $limit } 像素，请画短一些
error-drawing-point = 图画的第 { $stroke } 笔有一个点远离画板，请重新画

# 计算引擎
error-engine-not-run-yet = 节点 { $node } 的类型是 { $kind }，目前只能描述，还不能计算
error-engine-weight-file = 这些权值与网络不符：{ $misfit }：{ $path }
error-engine-input = 网络读取形状为 { $expected } 的图像，而得到的是 { $found }
error-engine-count-blocks = 应有 { $expected } 组图像（每组八张），而实际有 { $found } 组
error-engine-count-examples = 应有 { $expected } 个样本，而实际有 { $found } 个
error-engine-count-pixels = 应有 { $expected } 个像素，而实际有 { $found } 个
error-engine-pass-too-large = 一次计算 { $images } 张图像需要 { $bytes } 字节内存，超过上限 { $limit } 字节
error-engine-tensor-too-large = 形状为 { $shape } 的张量 { $tensor } 需要 { $bytes } 字节内存，超过上限 { $limit } 字节
error-engine-label = 标签 { $label } 不对应任何类别；网络只区分 { $classes } 个类别
error-engine-class = 没有 { $class } 号类别可以询问；网络只区分 { $classes } 个类别，都从 0 数
error-engine-unit = 节点 { $node } 的形状是 { $shape }，没有单元 { $unit } 可以询问（从 0 数）
error-engine-no-images = 没有可以处理的图像
error-setting-epochs = 训练轮数为 { $value }，而它至少是 1
error-setting-batch = 批的大小为 { $value }，而它至少是 1
error-setting-learning-rate = 学习率为 { $value }，而它必须是大于 0 的数
error-setting-averaging = 权值平均的系数为 { $value }，而它必须不小于 0 且小于 1
error-engine-checkpoint = 检查点不属于这次训练：{ $problem }
error-checkpoint-differs = { $key } 原来是 { $found }，现在是 { $expected }
error-checkpoint-missing = 里面没有 { $key }
error-checkpoint-no-number = { $key } 不是数
error-checkpoint-tensor = 里面没有形状正确的张量 { $tensor }
error-checkpoint-moments = 优化器的状态不符
error-checkpoint-counters = 计数超出范围
error-engine-threads = 系统没有给出用来计算的线程（{ $reason }）
error-engine-cancelled = 已按要求停止
error-engine-diverged = 训练在轮次 { $epoch }（从 0 数）发散：看过 { $images } 张图像之后损失为 { $loss }；请减小学习率
error-engine-compute = 计算失败：{ $reason }
error-misfit-missing = 缺少形状为 { $expected } 的张量 { $tensor }
error-misfit-shape = 张量 { $tensor } 的形状是 { $found }，而网络需要 { $expected }
error-misfit-not-finite = 张量 { $tensor } 在位置 { $position }（从 0 数）的值不是数或是无穷大
error-misfit-unlinked = 张量 { $tensor } 里有从 { $input } 号图到 { $map } 号图的卷积核，而这两张图并不相连
error-misfit-unknown = 张量 { $tensor } 不属于网络的任何节点
error-worker-nothing-open = 还没有打开网络，请选择一个

# 绘图
error-gpu-no-adapter = 没有找到图形适配器（{ $reason }）
error-gpu-no-window-device = 窗口不是由 wgpu 绘制的，没有可以共用的图形设备
error-gpu-no-compute = { $name } 不能运行计算着色器
error-gpu-no-device = 无法打开 { $name }（{ $reason }）
error-gpu-lost = 图形设备丢失了（{ $reason }）
error-gpu-no-answer = 图形设备在 { $seconds } 秒内没有回应
error-gpu-refused = 图形设备拒绝了这项工作（{ $reason }）
error-gpu-does-not-fit = 这些值有 { $bytes } 字节，超过图形设备的上限 { $limit } 字节
error-layout-empty = 没有可画的内容：这一层没有任何值
error-layout-too-large = { $width }×{ $height } 像素的图片超过 { $limit }×{ $limit }
error-status-gpu = 由 GPU 绘制（{ $name }）
error-status-cpu = 由 CPU 绘制
error-status-replaced = 由 CPU 绘制：{ $reason }
error-status-gpu-faster = 由 GPU 绘制（{ $name }）：每张图用时 { $gpu }，CPU 则要 { $cpu }
error-status-cpu-faster = 由 CPU 绘制：每张图用时 { $cpu }，GPU（{ $name }）则要 { $gpu }

# 窗口
error-input-no-digit = 没有 { $index } 号数字；自带的数字是 0 号到 { $last } 号
error-broken = 处理这个文件时意外失败；请换一个文件
error-scene-no-scene = 这不是场景文件（缺少 convscope 编号）：{ $path }
error-scene-too-large = 场景文件有 { $bytes } 字节，最多只能有 { $limit } 字节：{ $path }
error-scene-format = 这不是可以读取的场景（{ $reason }），请用 Convscope 重新保存：{ $path }
error-scene-version = 场景由另一个版本保存（{ $found }，这里读取的是 { $version }）：{ $path }
error-scene-empty = 文件里没有场景：{ $path }
error-file-write = 无法写入文件（{ $reason }），请选择别的文件夹：{ $path }
error-scene-serialise = 无法写出场景（{ $reason }）
error-network-file-too-large = 网络文件有 { $bytes } 字节，最多只能有 { $limit } 字节：{ $path }
error-network-file = 这不是可以打开的网络（{ $reason }）：{ $path }
error-scene-document = 场景的文档 { $document } 缺失或被手动改过，请用 Convscope 重新保存场景：{ $path }
error-scene-no-unit = 场景固定了 { $unit }，而 { $network } 没有这个神经元；已改为固定另一个
error-several-files = 不能同时打开 { $count } 个文件；请打开一个，或把多个场景文件作为幻灯片打开
error-no-picture-in-clipboard = 剪贴板里没有图片，请先复制一张
error-busy = 还有内容正在保存或复制，请等它完成，或关闭它的对话框
error-nothing-pinned = 没有固定可以复制或保存的内容，请先点击一个神经元
error-pipeline-too-much = 阶段 { $stage } 使预处理列表过长或图像过大，请去掉一些阶段
error-some-scenes = { $files } 个场景文件中有 { $count } 个不能打开；第一个：{ $first }
error-clipboard = 无法使用剪贴板（{ $reason }），请先保存图片，再打开文件
error-input-no-document = 手写或图片 { $document } 已不存在，请重新手写或粘贴
error-worker-slide = 网络不能在这张图像上滑动：{ $reason }；请选择普通大小的图像
error-unknown-network = 没有叫 { $name } 的网络，请从图上方的列表中选择
error-window-not-drawn = 无法绘制窗口：{ $reason }
error-window-size = 无法绘制 { $width }×{ $height } 点、缩放 { $scale } 倍的窗口；边长应在 { $shortest } 到 { $longest } 像素之间，缩放应在 { $smallest } 到 { $largest } 之间
error-no-window = 无法打开窗口：{ $reason }；没有显示器时请用：convscope render window -o F.png

# 命令行
error-cli-names = { $names }
error-cli-names-and-more = { $names }，另外还有 { $more } 个
error-cli-unknown-network = 没有叫 { $name } 的网络；有 { $names }（自己的网络是 .json 文件）
error-cli-unknown-layer = { $network } 没有叫 { $name } 的层；它有 { $names }
error-cli-unit-outside = { $layer } 里没有神经元 { $unit }；特征图是 0 到 { $map } 号，行是 0 到 { $row }，列是 0 到 { $column }
error-cli-unknown-scene = 没有叫 { $name } 的场景；有 { $names }（或者写一个 .json 文件）
error-cli-no-command = 没有命令 { $word }，也没有这个文件；是不是 { $command }？
error-cli-network-too-large = 网络文件最多有 { $limit } 字节，而这个文件更大：{ $path }
error-cli-splits-differ = 训练图像是 { $train } 像素，测试图像却是 { $test } 像素；请只评估其中一部分
error-cli-prepared = 预处理后的图像是 { $found }，而 { $network } 需要 { $needed }；它的权值需要别的预处理
error-cli-preprocessing = 权值文件里的预处理不是步骤列表（{ $reason }）
error-cli-untrained = { $network } 没有自带的权值；请先训练，再用 --weights 指明
error-cli-hold-out = 不能留出 { $count } 张图像：一共有 { $images } 张，还要剩下一些用来训练
error-cli-no-folder = 没有文件夹 { $folder }，请先建立它，再写这个文件：{ $path }
error-cli-out-is-folder = 这是文件夹，请写出其中一个文件的名称：{ $path }
error-cli-out-exists = 这个文件已经存在，加上 --force 才会替换：{ $path }
error-cli-write = 无法写入文件（{ $reason }）：{ $path }
error-cli-input = { $network } 不能处理 { $input } 的图像：{ $reason }
error-cli-count = { $node }：{ $reason }
error-cli-output = 结果无法写到标准输出（{ $reason }）
error-cli-hidden-is-given = --hidden 只与 --padding ignore 同用：same 和 valid 时神经元的个数由窗口位置决定
error-cli-setting = 没有这样的层：{ $reason }
error-cli-interrupted = 已中断；没有写入任何文件
error-cli-panicked = 这是 Convscope 的错误，请把上面几行报告给我们
error-offscreen-late = 画面没有在规定时间内完成；请换一个小一些的网络
