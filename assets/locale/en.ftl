# Convscope, English. Every key stands in zh.ftl too, with the same variables; a test checks it (the keys `error-…` stand in zh.ftl alone).

## Frame

view-step = Step
view-parameters = Params
preset-toy = Toy: 24 × 24
preset-course = The course: 10⁶ × 10⁶
preset-c1 = LeNet-5, C1
preset-c3 = LeNet-5, C3
preset-conv1 = AlexNet, conv1
preset-fc6 = AlexNet, fc6
choose-network = Choose a network
badge-untrained = untrained: random weights
badge-fitted = image cut or padded to the network’s input
badge-trained-on = the weights were trained on this digit
input = Input
input-loading = loading …
input-digit = #{ $index } · labelled { $label }
input-file = { $file }
input-photo = { $file } · not fed
input-not-a-digit = { $file } · no digit
open-gallery = Choose one of the 5,000 digits
open = Open …
open-hint = Open a picture, weights, a network or a scene; or drop one on the window
stages = Stages
stages-hint = What the network sees, stage by stage
colour-range = Colour range
range-map = Map
range-layer = Layer
range-network = Network
signed-colours = Colours around zero
other-language = 中文 (F2)
other-theme = Light or dark (F3)
status-computing = computing …
cancel = Cancel
status-gpu = maps drawn by the GPU
status-cpu = maps drawn by the CPU
close = Close
fit = Whole figure

## The figure

figure-name = The network, from the image to the answer
input-layer = Input
squared-distance-short = squared distance
colour-bar-caption = activation, { $layer }
first-hint = hover: look · click: pin and explain · ← → layer · wheel: zoom, drag: move · ? all keys
map-name = { $layer }, map { $map }
vector-name = { $layer }, { $units } units
loupe-name = The cells of the map, enlarged
sees-of-image = sees { $rows }×{ $columns } of the image
score-name = class { $label }: { $score }

## Inspector

nothing-pinned = Click a unit of any map. Its arithmetic opens here, down to the products it is made of.
title-pixel = Image, one pixel
title-unit = { $layer } · unit { $unit }
title-map = { $layer } · map { $map }
row-column = row { $row }, column { $column }
headline-products = This one number, { $value }, is made of { $terms } products.
headline-coefficient = This one number, { $value }, is made of { $terms } values and one coefficient.
headline-max = This one number, { $value }, is the largest of { $terms }.
headline-distance = Squared distance { $value } between F6’s picture and the bitmap of { $label }: { $terms } differences.
headline-softmax = { $percent } % for { $label }: its share of { $terms } exponentials.
headline-lrn = This one number, { $value }, is its own input divided by (k + α × { $terms } squares added up)^β.
headline-pixel = A pixel, { $value }: nothing was computed here. Paper is −0.1, ink 1.175.
chip-why-these-maps = Why these { $maps } maps?
chip-where-on-the-image = Where on the image?
chip-begin = Begin with { $layer }
trail-hint = click a name, or Backspace, to go back
section-patch-kernel = Patch × kernel, per input map
section-window = The window, and its largest value
section-window-sum = The window: one coefficient for all of it
section-values-weights = Values × weights
section-distance = (F6 − bitmap)²
section-exponentials = Exponentials of score − largest score
section-neighbours = Squares of the neighbouring maps
section-sum = Sum
section-activation = Activation
section-terms = All { $terms } terms, the strongest first
section-links = Which maps see which
section-field = Receptive field
section-map-histogram = { $layer }, map { $map }: { $count } values
section-layer-histogram = { $layer }: { $count } values
cells-patch = What the unit reads of map { $map }
cells-kernel = Weights for map { $map }
cells-products = Products for map { $map }
padding-note = Grey cells lie in the padding: no pixel is there, they count as 0.
sum-largest = the largest
sum-denominator = all exponentials
sum-squares = all squares
sum-of-four = sum of the window
sum-coefficient = coefficient
sum-of-maps = { $maps ->
    [1] products of one map
   *[other] products of { $maps } maps
  }
sum-bias = bias
curve-name = The activation function with this unit’s point
links-why = C3 does not link every map of S2 to each of its own: each sees another selection (rows: S2, columns: C3), which saves links and makes the maps learn different things. Click a column.
links-name = The table of links
field-layer = layer
field-sees = sees
field-jump = jump
field-start = start
field-on-image = image rows { $top }–{ $bottom }, columns { $left }–{ $right }
field-not-exact = ≤: the smallest box; branches or holes leave some of its pixels unseen.

## Narrator

narrator-waiting = The network is being opened.
narrator-photo = This picture does not look like a digit; nothing has been computed yet.
narrator-unit = { $layer }, map { $map }, row { $row }, column { $column }: { $value }, made of { $terms } values; it sees { $rows }×{ $columns } pixels of the image.
narrator-vector-unit = { $layer }, unit { $map }: { $value }, made of { $terms } values; it sees { $rows }×{ $columns } pixels of the image.
narrator-distance = { $layer }, class { $label }: squared distance { $value } between F6’s picture and the bitmap; the nearest class is the answer.
narrator-probability = { $layer }, class { $label }: { $percent } %.
narrator-pixel = The image, row { $row }, column { $column }: { $value }.
narrator-product = { $source }, map { $map }, row { $row }, column { $column }: { $value } × { $weight } = { $product }
narrator-value = { $source }, map { $map }, row { $row }, column { $column }: { $value }
narrator-padding = Row { $row }, column { $column } lies in the padding of { $source }: it counts as 0.
narrator-squared = { $source }, unit { $map }: ({ $value } − { $weight })² = { $product }
narrator-square = { $source }, map { $map }: ({ $value })² = { $product }
narrator-exponential = { $source }, class { $map }: { $value } becomes { $product }
narrator-answer-distance = { $title } reads { $label }: its bitmap is nearest, at a squared distance of { $score }. A small distance proves nothing.
narrator-answer-score = { $title } reads { $label }, with the largest score, { $score }.

## Notices

worker-ended = The engine has stopped ({ $message }). What is on screen is still right; start it again to go on.
worker-restart = Start again
ask-photo = This looks like a photo, not like one digit on paper. LeNet has only ever seen digits: it will name one whatever it is shown.
ask-no-ink = There is nothing written on this picture.
ask-several = There are several things on this picture; LeNet reads one digit at a time.
feed-anyway = Feed { $network } anyway
back-to-digits = Back to the digits

## Dialogs

gallery-title = Digits
gallery-all = All
gallery-test = Test digits, never trained on
gallery-train = Training digits
gallery-wrong = Those it gets wrong
gallery-count = { $count } digits
stages-title = What the network sees
stages-note = Preprocessing belongs to the weights: the network was trained on pictures made in just this way.
stage-original = original
stage-fit-within = made smaller
stage-grey = grey
stage-invert = ink bright, paper dark
stage-level = light levelled
stage-crop = cropped to the ink
stage-thicken = as wide as MNIST’s pen
stage-scale = scaled to fit
stage-centre = centred by mass
stage-pad = padded
stage-scale-height = scaled to rows
stage-pad-rows = rows padded
stage-normalise = paper, ink
stage-resize = resized
stage-centre-crop = middle cut out
stage-channel-order = channels reordered
stage-mean-scale = mean taken away
path-title = Open
choose-file = Choose a file …
type-a-path = or type a path
open-path = Open
open-kinds = Pictures (PNG, JPEG, GIF, BMP, TIFF, WebP), weights (.safetensors), networks and scenes (.json)
keys-title = Keys
key-views = Step · Train · Parameters · Receptive field
key-layer = previous, next layer
key-map = previous, next map
key-unit = another unit of the map
key-ends = first, last layer
key-enter = one level in: layer, map, worksheet, product
key-escape = out: dialog, replay, worksheet, zoom, pin
key-back = back to the unit you came from
key-fit = the whole figure
key-open = open a file
key-save = save the scene
key-copy = copy the pinned value in full
key-undo = undo, redo
key-language-theme = language, light or dark
key-keys = these keys
key-stop = previous, next stop of the control
key-stop-ends = fully connected, all share
key-cell = the next cell of the matrix
key-touch = touch the middle; to the touched cell
key-leave-matrix = out: the whole matrix, no cell
key-fit-matrix = the whole matrix; of one much longer than wide, its whole width
key-back-to-layer = back to the layer that you came from
key-stack = the other stack; of an open network the next map
key-page = the next page: figure, table, …
key-leave-page = out: selected layer, page, unit
key-middle = the unit in the middle
key-compare = one stack or two
key-move-layer = move, remove a layer
key-quit = end; what is open comes back
keys-mouse-parameters = Click a cell of the matrix to touch it. The wheel zooms, dragging moves the matrix, a double click shows all of it. A click on a number opens its formula.
keys-mouse-field = Click a unit to look back from it: its field is framed on every layer below, down to the image.
keys-mouse = Click a unit to pin it, click one of its products to follow it to its source. The wheel zooms, dragging moves the figure; on a touchpad two fingers move it and a pinch zooms.

## Exercises on paper

exercise-title = Exercise
exercise-key = Answer key
exercise-number = No. { $seed }
exercise-name = Name
exercise-rounding = All numbers are rounded to four decimals: compute with what is printed. Your last digit may differ from the key.
exercise-task-patch = This unit reads a patch of each of { $maps } maps of { $source }, and has a kernel for each of them. Here is one of these maps. Multiply every value of the patch by the weight in the same place of the kernel and fill in the { $blanks } marked products. Add up all { $terms } products, then finish the sum of the unit.
exercise-task-patch-alone = This unit reads one patch of { $source }. Multiply every value of the patch by the weight in the same place of the kernel and fill in the { $blanks } marked products. Add up all { $terms } products, then finish the sum of the unit.
exercise-task-terms = This unit adds up { $terms } terms. Work out the { $chosen } that are listed, add what the others give together, and finish the sum of the unit.
exercise-task-terms-all = This unit adds up what is listed: { $terms } in all. Work out every term and finish the sum of the unit.
exercise-task-add = This unit adds up what it reads. Work out its sum and its output.
exercise-task-coefficient = This unit adds up the window, multiplies the sum by one coefficient, which is the same for the whole map, and adds a bias. Fill in every marked field.
exercise-task-mean = This unit is the mean of the { $terms } values in its window. Fill in every marked field.
exercise-task-largest = This unit passes on the largest value of its window. Circle it (the first, row by row, if several are equal) and fill in every marked field.
exercise-task-distance = This unit compares { $source } with the bitmap of { $label }. Row { $row } of both is given: subtract, square, and fill in the marked squares. Add them up, then add the sums of the other rows to get the squared distance.
exercise-task-softmax = This unit says how large the share of { $label } is among all exponentials e^(z − m), where m is the largest score. Fill in the marked exponentials, add up all of them, and work out the share.
exercise-task-lrn = This unit divides its own value by a power of d = k + α · Σ, where Σ adds the squares of { $maps } neighbouring maps at the same place. Fill in the squares, add them up, and work out d and the result.
exercise-patch = Map { $map } of { $source }: patch × kernel
exercise-patch-values = Patch, with its rows and columns on the map
exercise-kernel = Kernel
exercise-products = Products
exercise-partial = partial sum of map { $map }
exercise-other-maps = Partial sums of the other maps
exercise-other-maps-rest = the other { $maps } maps together
exercise-map = map { $map }
exercise-all = All together
exercise-sum = x, the whole sum
exercise-output = y, the whole sum
exercise-terms = { $chosen } of { $terms } terms
exercise-terms-all = All terms
exercise-value = value
exercise-weight = weight
exercise-product = product
exercise-bitmap = bitmap
exercise-square = (difference)²
exercise-rest = the other { $terms } together
exercise-window = The window on map { $map } of { $source }
exercise-share = coefficient 1 / { $terms }
exercise-mean = the mean
exercise-scaled = coefficient × sum
exercise-row = row { $row }
exercise-row-of-picture = Row { $row } of the picture
exercise-row-sum = sum of row { $row }
exercise-other-rows = Sums of the other rows
exercise-largest-score = m, the largest score
exercise-share-of-all = the share of { $label }
exercise-working = Room to work

## Frame

draw = Draw
draw-hint = Draw, move or paint the input (D)
present = Presentation (F11)
more = More
go-to = Go to anything …
copy-and-save = Copy and save …
save-scene = Save the scene …
keep-size = Keep its size: read it as a line
paste-picture = Paste a picture
compare = Compare A and B
cover-numbers = Cover the numbers
speaker-window = Speaker’s window
both-languages = Both languages
reduced-motion = Reduced motion
scale = Size in %
recent = Looked at lately
input-drawing = drawing
input-pasted = pasted picture
badge-edited = edited: weights or maps were changed by hand
badge-touched = input moved, painted or preprocessed in another way
time-back = One event back (,)
time-forward = One event on (.)
time-play = Play (Space)
time-pause = Pause (Space)
time-speed = Speed
time-from-image = Play from the image (Shift + Space)
time-of-the-unit = the arithmetic of this unit
from-the-last-pass = from the last full pass
copied = Copied.
saved = Saved: { $path }
covered = covered: click to see it
in-other-language = { $text } (中文)

## Slides

lecture-lenet = Lecture: the story of LeNet-5
lecture-parameters = Lecture: 10¹² → 10⁸ → 100 → 10⁴
slide-name = Slide { $number }: { $title }
slide-untitled = Slide { $number }
slide-add = Keep as a slide
slide-update = Update
slide-update-hint = Put what is shown in the place of this slide
slide-duplicate = Duplicate
slide-remove = Delete
slide-edit = Slides
slide-words = Title and notes
slide-title = Title
slide-notes = Notes
slide-earlier = Move to the front
slide-later = Move to the back
slides-close = Close the slides
speaker-no-slides = No slides are open
speaker-how = Open a lecture from the menu (…), or keep what is shown as a slide: its notes stand here, and what comes next.
speaker-no-notes = No notes for this slide.
speaker-place = Slide { $number } of { $count }
speaker-time = Since this window was opened
speaker-next = Next
speaker-back = Back
speaker-comes-next = Comes next
speaker-the-end = That was the last slide.

## Touch

pad-draw = Draw
pad-move = Move
pad-paint = Paint
pad-pen = Pen
pad-eraser = Eraser
pad-clear = Clear
pad-one-digit = One digit
pad-line = A line
pad-name = Drawing pad
pad-hint = The pen is as wide as MNIST’s. The right button erases.
pad-seen = What the network sees: cropped to the ink, scaled, centred by its mass
pad-empty = The pad is empty, so there is nothing to compute. Draw a digit.
move-tensor = After preprocessing: drag to move, wheel to scale, Shift + wheel to turn
move-tensor-name = The network’s input, to be moved
move-raw = Before preprocessing: move the picture itself, and see how centring undoes it
move-raw-name = The raw picture, to be moved
move-turn = turn
move-scale = size
move-rows = rows down
move-columns = columns right
trained-with-shifts = These weights were trained with shifts and rotations.
touch-reset = As it came
paint-ink = Ink
paint-paper = Paper
paint-name = The network’s input, to be painted
paint-hint = Paint single pixels of what the network sees. The right button paints paper.
paint-pixel = row { $row }, column { $column }: { $value }
read-as-a-line = Read it as a line
one-digit-again = One digit again
strip-name = A line of digits
line-empty = Write a line of digits here, such as 3 1 4 1 5.
line-reads = LeNet reads { $text }: the same weights, applied at { $positions } positions. Below each stands the nearest class.
line-reads-nothing = LeNet reads no digit here. Below each position stands the nearest class, however far it is.
position-name = position { $position }: { $label }
compare-name = A and B, layer by layer
compare-hint = B is what was shown when the comparison began; change the input or the network, and A follows.
compare-again = Make this B
compare-end = End
compare-scores = scores

## Arithmetic

chip-worksheet = Worksheet
chip-mute = Mute the map
chip-unmute = Unmute the map
chip-mute-hint = The whole map gives 0, and everything behind it follows (M)
muted-note = This map is muted: whatever the sum is, 0 is passed on.
sum-so-far = { $done } of { $terms } so far
turn-bias = turn it
turn-coefficient = turn the coefficient
section-knob = A weight in the hand
knob-value = Value of the weight
knob-before = back to { $value }
knob-hint = The wheel over this card turns it, and everything follows.
kernel-replace = Replace the kernel
kernel-flip-both = Turn by 180°
kernel-flip-rows = Flip ↕
kernel-flip-columns = Flip ↔
kernel-horizontal-edge = horizontal edge
kernel-vertical-edge = vertical edge
kernel-blur = blur
kernel-sharpen = sharpen
kernel-gabor-0 = Gabor 0°
kernel-gabor-45 = Gabor 45°
kernel-gabor-90 = Gabor 90°
kernel-gabor-135 = Gabor 135°
kernel-zero = zeros: this channel is silent
edited-count = { $count ->
    [1] One number or map is edited
   *[other] { $count } numbers or maps are edited
  }
edited-reset = Undo all edits
question-title = Why { $a } and not { $b }?
question-this = why
question-not-that = and not
question-distances = d² to { $a } is { $of_a }, to { $b } it is { $of_b }: the difference is { $difference }. Only the { $terms } cells where the two bitmaps differ count.
question-scores = The score of { $a } is { $of_a }, that of { $b } is { $of_b }: the difference is { $difference }, made of { $terms } products.
question-formula-distance = d²({ $a }) − d²({ $b }) = 2 · Σ fᵢ · (bitmap { $b }ᵢ − bitmap { $a }ᵢ)
question-formula-score = z({ $a }) − z({ $b }) = Σ fᵢ · (w{ $a }ᵢ − w{ $b }ᵢ) + biases
question-products = What each cell adds to the difference
question-key-distance = Blue (−) speaks for { $a }: it makes its distance smaller. Orange (+) speaks for { $b }. Grey cells are equal in both bitmaps. Click a cell to see what it is made of.
question-key-score = Orange (+) speaks for { $a }, blue (−) for { $b }. Click a cell to see what it is made of.
question-rest = { $count } others
question-biases = difference of the biases
question-sum = difference
section-gradient = On the image
question-heat = Magenta on the image: where a pixel would change this difference most (|gradient|).
open-worksheet = Worksheet of map { $map }
worksheet-title = Worksheet for { $unit }
worksheet-map = map { $map }
worksheet-part = map { $map } ({ $number } of { $count })
worksheet-all = All rows
worksheet-back = The map before
worksheet-on = The next map
worksheet-values = values
worksheet-weights = weights
worksheet-head = value × weight = product
worksheet-head-squares = (value − bitmap)²
worksheet-head-exponentials = exponential
worksheet-head-square = value²

## Terms

term-kernel = A kernel (filter) is a small table of weights. It slides over a map; at each place its weights are multiplied with the values under it and the products are added. It is applied as it is drawn (cross-correlation).
term-max-pooling = Max pooling keeps the largest value of each window and forgets where in the window it was.
term-subsampling = Subsampling adds four neighbours, multiplies the sum with one trainable coefficient and adds a bias: one of each per map.
term-fully-connected = Fully connected: every value of the layer before has a weight of its own for this unit.
term-rbf = Radial basis function: the squared distance between F6’s picture and the class’s bitmap. The smallest is the answer.
term-softmax = Softmax turns scores into shares that add up to 1: the exponential of each, divided by the sum of all.
term-bias = The bias is one number per map that is added to every sum, whatever the image.
term-activation = The activation function bends the sum. Without it, layers behind one another would be no more than one layer.
term-channel = A channel is one map among those that a layer reads.
term-receptive-field = The receptive field of a unit is the part of the image that it can see.
term-weight = A weight is a number that training has found. In a convolution the same weight is used at every place.
term-gradient = The gradient says how much the result would change if each pixel changed a little.
term-feature-map = A feature map is what one kernel (with its bias and activation) makes of all positions.

## Going

save-title = Save
save-view = Saves this view as a scene file, with what is drawn and edited.
save-slides = Saves all slides; the one that is shown as it is on screen.
save-path = file
save-choose = Choose where …
show-inspector = Inspector (I)
largest-so-far = largest of the first { $done } of { $terms }
narrator-muted = { $unit } is muted: whatever its sum is, 0 is passed on.
worksheet-source = source
worksheet-bitmap = bitmap
worksheet-total = sum so far
worksheet-largest = largest so far
palette-title = Go to
palette-hint = layer, map, class, digit #, network, setting …
palette-nothing = Nothing is called that.
go-network = Network { $name }
go-digit = { $number }: digit #{ $index }, labelled { $label }
go-layer = Layer { $layer }
go-class = { $layer }, class { $label }
go-scale = Size { $percent } %
go-speed = Speed { $speed }×
export-view-2 = The window as a picture, 2×
export-view-4 = The window as a picture, 4×
export-figure-2 = The figure with its caption, 2×
export-figure-4 = The figure with its caption, 4×
export-map = The pinned map as a table (CSV)
export-terms = All terms of the pinned unit (CSV)
export-sum-text = The sum as text
export-sum-latex = The sum as LaTeX
export-exercise = The unit as an exercise on paper (PDF)
exercise-for-seed = exercise number (another for each student)
export-copy = Copy
export-save = Save
export-folder = folder to save in; leave it empty to be asked
key-play = play the pinned layer; from the image
key-step-time = one event back, on
key-speed = slower, faster
key-draw = draw
key-mute = mute the pinned map
key-palette = go to anything
key-export = copy and save
key-paste = paste a picture
key-slides = previous, next slide
key-present = speaker’s window; presentation
key-cover = cover numbers; hold: spotlight
key-scale = larger, smaller, as designed

## Events

narrator-covered = The numbers are covered: guess first, then click to see.
narrator-blank = The pad is empty: nothing has been computed.
event-part = { $layer }, map { $map }: the window stands at row { $row }, column { $column }; { $products ->
    [1] one product
   *[other] { $products } products
  } from { $source }, map { $input }, are being added.
event-part-vector = { $layer }, unit { $map }: { $products ->
    [1] one product
   *[other] { $products } products
  } from { $source }, map { $input }, are being added.
event-max = { $layer }, map { $map }: the window stands at row { $row }, column { $column }; the largest of its values is looked for.
event-squares = { $layer }, class { $map }: F6’s picture is compared with the bitmap, cell by cell.
event-exponentials = { $layer }, class { $map }: the exponentials of all scores are being added.
event-neighbours = { $layer }, map { $map }: the squares of the neighbouring maps at this place are being added.
event-partial = { $source }, map { $input }, gives { $sum }; the sum so far is { $total }.
event-bias = The bias { $bias } is added: { $sum }.
event-result = { $layer }, map { $map }, row { $row }, column { $column } is done: { $result }.
event-result-vector = { $layer }, unit { $map } is done: { $result }.
narrator-question-distance = d² to { $a } is { $of_a }, to { $b } it is { $of_b }: the difference, { $difference }, is made where their bitmaps differ.
narrator-question-score = The score of { $a } is { $of_a }, that of { $b } is { $of_b }: the difference is { $difference }.

## Parameters view

choose-preset = Choose a layer
preset-own = A layer of your own
setting-image = Image
setting-hidden = Units
setting-field = Field
setting-kernels = Kernels
setting-options = Options …
setting-options-title = Options of the layer
setting-options-hint = Padding, stride, groups, bias, bytes per weight
setting-padding = Border
setting-groups = Groups
setting-table = a table of links
setting-bias = Bias
setting-bias-on = every unit, or kernel, has one
quantity-rows = Height of the image
quantity-columns = Width of the image
quantity-channels = Channels of the image
quantity-hidden = Hidden units
quantity-field = Side of a unit’s field
quantity-stride = Stride
quantity-kernels = Kernels
quantity-dilation = Dilation
quantity-bytes = Bytes per weight
hidden-units = in all
hidden-like-image = one per pixel
hidden-map-per-kernel = one per pixel and kernel
hidden-by-places = as the fields fit
padding-ignored = ignored
padding-same = same: padded
padding-valid = valid: no padding
padding-own = as in the network
back-to-layer = Back to { $layer }
to-parameters = Count its weights

connect = Connect: from every pixel to one shared kernel
stop-full = every pixel
stop-local = its own { $field }
stop-tiles = { $tile } share
stop-shared = all share

way-full = Fully connected
way-local = Locally connected
way-shared = Convolutional
go-to-way = Connect the layer this way
count-weights = weights
count-connections = connections
count-biases = biases
count-params = parameters with biases
count-macs = MACs
count-bytes = of memory
reveal = Show the number
open-count = { $what }: { $value }. Opens its formula.
copy-text = Copy
copy-latex = Copy LaTeX
factor-image-rows = rows of the image
factor-image-columns = columns of the image
factor-field-rows = rows of the field
factor-field-columns = columns of the field
factor-channels = channels
factor-hidden = hidden units
factor-rows = rows of units
factor-columns = columns of units
factor-maps = maps
factor-kernels = kernels
factor-tiles-down = tiles down
factor-tiles-across = tiles across
factor-bias = bias
factor-bytes = bytes per weight
factor-number = a number
section-bars = Log scale
bar-weights = { $count } weights
bar-connections = { $count } connections
section-growth = Weights, as the image grows
growth-side = side of the image, pixels
growth-full = fully
growth-local = locally
growth-shared = shared

export-counts = All counts, CSV
export-counts-svg = Drawing, bars and growth, SVG
export-formula = The count’s formula
export-formula-latex = The count’s formula, LaTeX
page-counts = Counts
page-wiring = Wiring
page-trial = Try it

matrix-caption = y = W · x · a row for each unit, a column for each input · wheel, drag, click
matrix-name = The matrix has { $rows } rows and { $columns } columns.
matrix-bands = { $rows } rows × { $columns } columns. { $bands } bands, { $apart } columns apart: one for each row of the field, because the image’s rows follow each other.
matrix-bands-maps = { $rows } rows × { $columns } columns. For each pair of linked maps { $bands } bands, { $apart } columns apart: one for each row of the field, because the image’s rows follow each other.
matrix-hanging = { $cells } cells are used; { $hanging } connections hang over the border.
matrix-seen = rows { $rows } of { $all-rows } · columns { $columns } of { $all-columns }
matrix-spread = Each map has { $rows } × { $columns } units, a field every { $step } pixels.
matrix-hues = Each weight has its colour; after eight, hues come again.
matrix-hues-near = A point holds many cells here: colours show when you have zoomed in until single cells are seen.
matrix-no-places = These units cannot be spread over the image as maps, so the matrix has no picture; the counts hold all the same. Let the border decide, or choose a number of units that divides into maps.
by-identity = Colour by weight
by-identity-hint = Each weight in a colour of its own, where cells are large enough; hues repeat.
legend-sparse = sparse
legend-full = full · ↓ more weights
legend-hint = Where a pixel covers many cells: from left to right how much of it is used (10⁻⁵ to 1), from top to bottom how many different weights it holds at most (1 to 10⁶).
places-input = reads the input
places-output = the unit
places-kernel = in the kernel
places-nothing = Touch a cell: every cell with the same weight lights up.
places-weight = Unit { $unit } reads input { $pixel } through kernel row { $row }, column { $column }. This weight is used { $uses } ×. { $others }
places-weight-covered = Unit { $unit } reads input { $pixel } through kernel row { $row }, column { $column }.
places-shared = Unshared it would be used 1 ×.
places-unshared = Shared by no one.
places-unused = Unit { $unit } does not read input { $pixel }: there is no weight here.

slice-units = units
slice-inputs = inputs
slice-full = every unit reads everything
slice-field = fields of { $field }, cut at the ends
slice-local = every unit its own field of { $field }
slice-tiles = fields of { $field }, neighbours share
slice-shared = fields of { $field }, all share one kernel
slice-caption = An example in one dimension: { $how }
slice-counts = { $arrows } arrows, { $weights } weights

note-border-ignored = The border is ignored, as a first course counts: every unit has a whole field.
note-border-hanging = The border is ignored, as a first course counts: every unit has a whole field. In the matrix those at the rim hang over it.
note-field-is-image = The field is the whole image, so a local connection is a full one, and so is a convolution: the three columns agree where there is a kernel for every unit.
note-border-same = The image is padded with zeros; cells in the padding count as connections.
note-border-valid = Fields lie inside the image.
note-border-larger = There are as many units as the field in question has places. A larger field lies around the same middle, so at the rim it hangs over the border; what hangs over counts as connections.
note-text-work = The course text says that sharing lowers the computation. We count: locality does (10¹² → 10⁸ connections); sharing leaves them at 10⁸ and takes the weights from 10⁸ to 100.
note-map-per-kernel = Where weights are shared, each kernel makes a map of its own, so connections grow with the kernels; the other two columns keep one map’s units. The course text keeps one map’s connections for comparison.
note-units-in-all = The units are counted in all, whatever the number of kernels.

narrator-full = Every unit reads the whole image: { $weights } weights, { $connections } connections.
narrator-field = Every unit reads { $field } pixels of its own: { $weights } weights, { $connections } connections.
narrator-local = Every unit reads its own { $field } pixels through weights of its own: { $weights } weights, { $connections } connections.
narrator-tiles = Units in tiles of { $tile } share a kernel: { $weights } weights, and still { $connections } connections.
narrator-tiles-alone = Units in tiles of { $tile } share a kernel: { $weights } weights, { $connections } connections.
narrator-tiles-maps = { $maps } maps, units in tiles of { $tile } share a kernel: { $weights } weights; with a map of units for each kernel there are { $connections } connections.
narrator-shared = All units of a map share one kernel: { $weights } weights instead of { $unshared }, and still { $connections } connections.
narrator-shared-alone = All units of a map share one kernel: { $weights } weights, { $connections } connections.
narrator-nobody-shares = No two units have a kernel in common: { $weights } weights and { $connections } connections, as many as without sharing.
narrator-shared-maps = { $maps } maps, all units of a map share one kernel: { $weights } weights; with a map of units for each kernel there are { $connections } connections.
narrator-asked = How many weights, how many connections? Click the question mark, or go on.
narrator-trial = The same digit through three layers: drag it, and see whose map moves along.

trial-intro = Three layers make a map of 28×28 from this digit. Drag the digit; turn one weight.
trial-seeded = The weights are seeded random numbers, nothing is trained: what you see comes from the wiring alone.
trial-drag = The digit, to be dragged
trial-down = down
trial-right = right
trial-larger = larger image
trial-knob = One weight in the hand
trial-kernel = The shared kernel
trial-turn = How far the weight is turned
trial-reset = Reset
trial-knob-hint = Click a cell, then use the wheel.
trial-weight = { $weight } { $turned } = { $now }
trial-no-weights = No weights for an image of this size: it would have to be made and trained anew.
trial-changed = { $changed } of { $total } pixels changed
trial-along = { $along } of { $total } pixels moved along

## Receptive field view

view-field = Field
field-preset-seven = 7×7 or 3 × 3×3
field-preset-five = 5×5 or 2 × 3×3
field-preset-dilated = dilated
field-preset-stride = stride or pool
field-preset-compose = two become one
field-preset-lenet = LeNet-5
field-preset-branches = branches
field-preset-deep = ResNet-152
field-preset-deep-hint = The windows of ResNet-152 that are wider than one cell; its 1×1 layers see no further and are left out.
field-preset-neocognitron = Neocognitron
field-examples = Receptive fields: examples
field-page-figure = Figure
field-page-growth = Growth
field-page-table = Table
field-page-image = On the image
field-page-compose = Two kernels, one
field-one-d = One row
field-too-many-maps = So many layers do not fit as whole maps: here they are as rows.
field-two-d = Whole maps
field-conv = conv { $number }
field-pool = pool { $number }
field-layers = { $count } layers
field-pooled = pool { $size }
field-costs = { $weights } C² weights · { $count ->
    [0] no non-linearity
    [one] one non-linearity
   *[other] { $count } non-linearities
  }
field-costs-share = { $weights } C² weights, { $percent } % · { $count ->
    [0] no non-linearity
    [one] one non-linearity
   *[other] { $count } non-linearities
  }
field-differ = The fields differ: { $a } pixels against { $b }.
field-same-size = Same field, { $size } pixels, and as many non-linearities.
field-same-size-not-function = Same field, { $size } pixels. Not the same function: between the layers of one stand { $count ->
    [one] one more ReLU
   *[other] { $count } more ReLUs
  }.
field-take-relus = Take the ReLUs away, and two kernels become one →
field-reach = { $count } of { $layer }
field-reach-it = { $count ->
    [one] reaches it
   *[other] reach it
  }
field-sees-pixels = it sees { $count ->
    [one] one pixel
   *[other] { $count } pixels
  }
field-sees-of = in a field of { $size }
field-map-whole = { $size }
field-map-part = { $cells } of { $size }
field-map-reaches = { $cells } reach it
field-map-sees = it sees { $cells }
field-this-unit = the unit looked at
field-compared-units = { $one } sees { $a } pixels in the left stack, { $other } { $b } in the right one.
field-answer = ? Show the answer
field-asked = How far does it see? Go on for the answer.
field-asked-weights = Which of the two has more weights? Go on for the answer.
field-asked-count = Does every pixel of the field count as much? Go on for the answer.
field-narrator-share = On this image { $percent } % of the gradient’s energy lies in the central quarter of the field of { $unit }; spread evenly it would be 25 %.
field-narrator-mean = Over 1,000 digits { $percent } % of the gradient’s energy lies in the central quarter of the field of { $unit }; spread evenly it would be 25 %.
field-why-middle = Here more ways lead from the middle of the field than from its rim.
field-how-it-grows = How it grows
field-rule = size ← size + (kernel − 1) · dilation · jump, jump ← jump · stride
field-layer-head = layer
field-kernel = kernel
field-stride = stride
field-padding = padding
field-dilation = dilation
field-jump-head = jump
field-size = size
field-start-head = start
field-weights = weights
field-union = { $size }, with holes
field-other-kind = Convolution, max pooling or average pooling: a click changes it
field-kind-conv = convolution
field-kind-max = max pooling
field-kind-average = average pooling
field-earlier = { $layer }: one place earlier
field-later = { $layer }: one place later
field-remove = Remove { $layer }
field-add-conv = + convolution
field-add-pool = + pooling
field-side = image side
field-reorder-hint = click a layer to change it · drag it or Alt + ↑ ↓ to move it · Delete removes it
field-axis = field (pixels)
field-axis-log = field (pixels), logarithmic
field-image-side = image { $side }
field-layer-name = { $layer }, of which { $size } are seen
field-on-the-image = On the image
field-picture-boxed = The image with the theoretical field
field-picture-ways = The ways from each pixel to the unit
field-picture-profile = The middle row as a curve
field-theoretical = theoretical: { $size }
field-theoretical-clipped = theoretical: { $size }, of which { $exist } exist
field-theoretical-union = theoretical: a union of boxes in { $size }
field-ways = path counts: corner { $corner }, most { $most }
field-ways-none = path counts: no way leads from the image
field-ways-too-many = more than 10³⁰ ways, or too many cells: not counted
field-profile-ways = ways along the middle row; amber: where the field ends
field-inner = First kernel
field-outer = Second kernel
field-one-kernel = One kernel, 5×5
field-relu-between = ReLU between
field-impulse = a single bright pixel
field-out-both = one kernel after the other
field-out-one = the one 5×5 kernel
field-out-difference = the difference
field-compose-equal = Without a ReLU the two 3×3 kernels are one 5×5 kernel: largest difference { $difference }, no more than rounding.
field-compose-broken = With a ReLU between them they are not one kernel any more: largest difference { $difference }.
field-compose-unseen = A ReLU stands between them and cuts something off, but the second kernel does not show it here: largest difference { $difference }, no more than rounding.
field-compose-unharmed = A ReLU stands between them, but nothing here is negative before it: largest difference { $difference }, no more than rounding.
field-neo-title = Neocognitron
field-neo-role = Fukushima 1980: S extracts, C tolerates
field-net-title = { $network }
field-net-role = convolution extracts, pooling tolerates
field-neo-s = find one feature of a patch; a plane shares its weights
field-neo-c = answer if one of their S-cells does: a shift is tolerated
field-net-conv = convolution { $applied }; a unit sees { $size }
field-net-pool = pooling { $applied }; a unit sees { $size }
field-net-no-pool = no pooling after it
field-net-activation = with an activation
field-net-linear = without one
field-neo-activation = Where does the activation stand? The course text gives it to the C-cells; in Fukushima’s papers the S-cells rectify: S is kernel and activation, C is pooling.
field-neo-differs = Mind the letters: in LeNet-5, C is convolution and S subsampling. And the Neocognitron of 1980 learned without a teacher, layer by layer; a convolutional network learns all layers together, from labels, by backpropagation.
field-union-exact = A union of branches: here all of { $size }.
field-union-holes = A union of branches: it sees { $cells } of the { $all } pixels in a box of { $size }: it has holes and is not a full rectangle.
field-narrator = More ways lead from the middle than from the rim: { $most } from the central pixel to { $unit }, { $corner } from the corner.
field-ways-count = { $count ->
    [0] none
    [one] one
   *[other] { $count }
  }
field-ways-many = { $count }
field-narrator-even = As many ways lead to { $unit } from every pixel of its field.
field-narrator-large = In theory { $unit } sees { $size } pixels, of which { $there } exist. More than 10³⁰ ways lead to it.
field-rounded = { $name } (≈ to { $decimals } decimals)
field-narrator-nothing = { $unit } sees nothing of the image: no way leads to it from any pixel.
field-narrator-many = { $unit } sees { $size } pixels. More than 10³⁰ ways lead to it.
field-theoretical-nothing = nothing of the image is seen
field-both-axes = rows { $rows }, columns { $columns }
field-narrator-neocognitron = One plan: cells that extract, then cells that tolerate, again and again; from stage to stage the field grows.
field-narrator-uneven = The pixels have unlike numbers of ways to { $unit }: { $most } from those with most, { $corner } from those with fewest.
field-why = A way goes from a pixel to the unit, one cell per layer. Where many ways lead through, a pixel has more weights to act through.
field-average = mean of 1,000 digits
field-this-image = this image
field-choose-image = Digit …
field-picture-heat = The effective field: gradient of the unit by each pixel
field-picture-heat-profile = The gradient summed along the columns
field-effective-here = effective: |gradient| on this image
field-effective-average = effective: |gradient|, mean of 1,000 digits; not 0 on { $live } of them
field-untrained = untrained weights
field-silent = the unit is silent here: no gradient
field-no-effective = no effective field
field-half = central quarter: { $percent } % of the energy (evenly 25 %); magenta: gradient per column
field-hint = ← → layer · Shift + arrows unit · C compare · ? keys
field-hint-unit = ← → layer · Shift + arrows unit · ? keys
field-inside = inside it one unit of each layer before: { $names }
lecture-fields = Lecture: why 3×3 everywhere
field-export-none = The Neocognitron’s page gives no table: the numbers belong to the network beside it, and leave from its own page.
field-export-svg = The figure as SVG
field-export-csv = The fields as a table
field-export-latex = The recurrence as LaTeX

## Train

view-train = Train
badge-trained-here = trained here, step { $step }
train-narrator-waiting = The training is being prepared.
train-narrator-untrained = { $network } knows nothing yet: its weights are random. Space starts; a full stop takes one step.
train-narrator-step = Step { $step }: { $batch } images went forward, their errors came back, and every weight moved a little against its gradient; the batch’s loss was { $loss }.
train-narrator-done = All { $steps } steps are done: { $right } of the test images are read right.
train-narrator-stopped = The training has stopped at step { $step }; what it had learned before is still here.
train-narrator-past = As it was after step { $step }: { $right } of the test images were read right.
train-preparing = The training is being prepared …
train-judging = The test images are being read …
train-pause = Pause
train-start = Start
train-go-on = Go on
train-again-start = Start again
train-one-step = One step
train-one-step-hint = One batch: forward, back, one update of every weight (key: full stop)
train-again = Start over
train-again-hint = From the first weights, with the same seed: the same training, bit for bit
train-pace = steps a second
train-pace-accelerating = 1 … full
train-pace-full = full
train-pace-hint = Steps a second. The weights come out the same at any speed.
train-loss = Loss
train-accuracy = Accuracy
train-curves = Curves of the training
train-test-value = test { $value }
train-train-value = train { $value }
train-epoch = epoch
train-number-right = Test right
train-number-step = Step
train-number-speed = Images / s
train-number-left = Left
train-done = done
train-stopped = stopped
train-seconds = { $count } s
train-minutes = { $count } min
train-confusion = Confusion, test images
train-cell = { $label } read as { $answer }: { $count }
train-cell-wrong = { $label } read as { $answer }: { $count }
train-cell-right = { $label } read right: { $count }
train-cell-hint = Rows: what it is. Columns: what it is read as. Click a cell to see its images.
train-worst = Worst mistakes
train-no-mistakes = No mistakes.
train-tile = Test image { $number }
train-tile-hint = Click: its maps. Double click: open it in the Step view, with the weights of this moment.
train-page-watch = Inside
train-page-apart = One step
train-page-data = Data
train-page-runs = Runs
train-page-ways = Three ways
train-kernels = Kernels of { $layer }
train-kernels-first = Kernels of { $layer } on input map 0
train-mosaic = Kernels of { $layer }, one for each place
train-unit-weights = Weights of the units of { $layer }
train-unit-weights-first = Weights of the units of { $layer } on input map 0
train-no-weights = { $layer } has no weights
train-more = and { $count } more
train-maps = Maps of { $layer } · test image { $number }, labelled { $label }
train-gradients = Gradient by layer
train-gradients-none = There is no gradient before the first step.
train-spread = How the numbers of { $layer } are spread
train-spread-weights = weights
train-spread-activations = activations
train-spread-gradients = gradients
train-history = History
train-history-thinned = History (thinned: every moment kept stands for several)
train-settings = What is trained, and how
train-settings-intro = Any change is a training of its own; the last one stays in the list of runs.
train-network = Network
train-network-hint = What is trained, from random weights
train-images = Images
train-images-hint = How many images are learned from. Few are learned by heart: the training loss falls, the test loss rises.
train-data-hint = What is learned from
train-method-hint = How the weights follow the gradient
train-data-digits = { $count } digits
train-data-scrambled = { $count } digits, scrambled
train-scrambled = scrambled
train-scrambled-hint = All pixels in one other order, the same for every image: no pixel has its neighbours any more
train-optimizer = Optimizer
train-optimizer-hint = SGD moves each weight against its gradient, with momentum. Adam divides by how large the gradient usually is; AdamW also shrinks the weights.
train-rate = Learning rate
train-rate-hint = How far a weight moves. Too small: nothing happens. Too large: the loss jumps, then explodes. Try ten times as much, or a tenth.
train-schedule = How the rate changes
train-schedule-constant = constant
train-schedule-step = steps
train-schedule-cosine = cosine
train-schedule-one-cycle = one cycle
train-momentum = Momentum
train-momentum-hint = How much of its last movement a weight keeps: 0.9 looks back about ten steps
train-decay = Weight decay
train-decay-hint = Every step pulls weights a little towards zero: a brake against learning by heart
train-batch = Batch
train-batch-hint = Images per step. The gradient is their mean: a large batch is steady, a small one noisy, and gives more steps an epoch.
train-epochs = Epochs
train-epochs-hint = How often all images are learned from
train-seed = Seed
train-seed-hint = Decides the first weights, the order of the images and their distortions: the same seed gives the same training
train-seed-is = seed { $seed }
train-batch-is = batch { $batch }
train-augment = Images changed a little, anew in every epoch
train-affine = turned and shifted
train-affine-hint = Turned by up to 0.2 rad, stretched by up to 12 %, slanted, shifted by up to 2 pixels
train-elastic = bent
train-elastic-hint = Elastic distortion: every pixel moves a little, its neighbours nearly alike
train-crop = cropped
train-crop-hint = Shifted by up to 4 whole pixels
train-mirror = mirrored
train-mirror-hint = Half of them, left to right. Not for digits: a mirrored 3 is no 3.
train-frozen = Layers that stay as they are
train-frozen-hint = A frozen layer learns nothing: its weights stay the random ones. How much does the rest need it to learn?
export-curves-svg = The curves, as SVG
export-curves-csv = The curves, as CSV
key-train = Start or pause the training
key-train-step = One step
key-train-history = Back and on in the history
key-train-ends = Before the first step, and now
key-train-layer = Layer
key-train-leave = Out of the cell, out of the history
keys-mouse-train = Click a cell of the matrix to see its images, an image for its maps, twice to open it in the Step view; drag the line of the history.
train-edit = Layers …
train-edit-hint = Change the network: kernels, sizes, pooling, another layer
design-title = The layers of the network
design-intro = A choice that would give no network is not offered. Every change is a training of its own.
design-fixed = The network of 1998 has a table of links, trainable subsampling and class pictures: it stands as it is.
design-begin = Begin with the modern LeNet-5
design-layer = layer
design-connect = connected
design-connect-hint = Fully: every unit sees everything. Locally: a field each, its own weights. Convolution: the same weights everywhere.
design-maps = maps
design-maps-hint = How many kernels, and so how many maps
design-kernel = kernel
design-kernel-hint = Rows and columns of the field that one unit sees
design-stride = stride
design-stride-hint = How far the window moves from one unit to the next
design-padding = padding
design-padding-hint = Rows and columns of zeros around what arrives
design-norm = norm
design-norm-hint = Batch normalization: every map gets mean 0 and variance 1 over the batch, then a scale and a shift that are learned
design-activation = activation
design-activation-hint = What is done to the sum. Sigmoid and tanh are flat far from 0: little gradient gets through.
design-pool = pooling
design-pool-hint = Each window becomes one number: its largest, or its mean
design-dropout = dropout
design-dropout-hint = Part of the units that are silent in each step of the training, by chance
design-units-hint = How many units
design-units = units
design-shape = gives
design-parameters = parameters
design-add = One more behind it
design-remove = Remove it
design-add-hidden = + hidden layer
design-full = fully
design-local = locally
design-conv = convolution
design-pool-none = none
design-pool-max = max
design-pool-average = average
design-identity = none
design-relu = ReLU
design-sigmoid = sigmoid
design-tanh = tanh
design-scaled-tanh = 1.7 tanh
design-total = In all { $params } parameters and { $macs } multiply–accumulates for one image.
train-runs = Runs
train-beside = Show its curves beside the present ones
train-beside-hint = Its curves beside the present ones
train-run-params = Parameters
train-run-stopped = stopped at step { $step }
train-run-done = done in { $seconds } s
train-run-at = step { $step } of { $steps }
train-run-remove = Forget this training
train-change-one = Change one thing …
train-change-one-hint = A copy of this training with another setting; this one stays in the list
train-epochs-is = { $epochs } epochs
train-augmented = images changed
train-not-augmented = images as they are
train-frozen-is = { $layers } frozen
train-sweep = One setting, several values
train-sweep-hint = Choose what is varied: every value is trained from the same seed, one after the other.
train-sweep-kernels = Kernels of C1
train-sweep-size = Kernel size
train-sweep-depth = Depth
train-sweep-rate = Learning rate
train-sweep-right = test right
train-sweep-params = parameters
train-sweep-time = time
train-diverged = diverged
train-series-pause = Pause
train-series-go = Go on
train-series-done = { $done } of { $all } trained
train-apart-over = The training is over: there is no next step. Start it again, or let it take more epochs.
train-apart-going = Pause to take the next step apart.
train-apart-waiting = The next step is being worked out …
train-apart-sum = { $count ->
    [one] This weight is used in one place: its gradient is one product.
   *[other] Its gradient is a sum over the { $count } uses of this one weight: sharing sums gradients.
}
train-apart-unshared = Nobody shares this weight: one product.
train-apart-gradient = ∂L/∂sum of each unit
train-apart-value = what is under the weight
train-apart-products = products
train-apart-of-image = Σ { $count } products, for this { $label }
train-apart-batch = { $count ->
    [one] The batch: one image
   *[other] The batch: what each of its { $count } images says
}
train-apart-image = Image { $number } of the batch
train-apart-image-says = Image { $number } of the batch says { $value }
train-apart-mean = gradient g, the mean over the batch
train-apart-mean-coupled = gradient g over the batch (its images are not independent here, or too many weights)
train-apart-update = The update
train-apart-velocity = velocity v
train-apart-weight = weight
train-apart-first = mean m
train-apart-second = square v
train-apart-direction = direction
train-apart-frozen = This layer is frozen: its weights stay.
train-apart-back = Back through the layers: ∂L/∂output, from the scores to the first layer
train-apart-back-hint = Orange: a larger value would raise the loss. Blue: it would lower it.
train-apart-routing = Orange: a larger value would raise the loss. Max pooling hands each gradient to the one winner of its window: before it, most places are white.
train-weight-kernel = { $layer }, kernel { $map }, weight ({ $row }, { $column })
train-weight-kernel-of = { $layer }, kernel { $map } on map { $input }, weight ({ $row }, { $column })
train-weight-number = { $tensor }, number { $index }
train-kernel-before = The same place of the kernel before
train-kernel-next = The same place of the next kernel
train-narrator-taking-up = The training is taken up where it was left: step { $step } of { $steps }, the same as then bit for bit.
