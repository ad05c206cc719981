# Convscope, English. Every key stands in zh.ftl too, with the same variables; a test checks it (the keys `error-…` stand in zh.ftl alone).

## Frame

view-step = Step
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
signed-colours = Signed
signed-colours-hint = Colours diverge around zero: blue is negative, orange positive
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
narrator-padding = Row { $row }, column { $column } lies in the padding of { $source }: it counts as 0.
narrator-squared = { $source }, unit { $map }: ({ $value } − { $weight })² = { $product }
narrator-exponential = { $source }, class { $map }: { $value } becomes { $product }
narrator-answer-distance = { $title } reads { $label }: its bitmap is nearest, at a squared distance of { $score }. A small distance proves nothing.
narrator-answer-score = { $title } reads { $label }, with the largest score, { $score }.

## Notices

worker-ended = The engine has stopped ({ $message }). What is on screen is still right; start it again to go on.
worker-restart = Start again
scene-saved = Saved: { $path }
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
stage-scale = scaled to 20
stage-centre = centred by mass in 28
stage-pad = padded to 32
stage-scale-height = scaled to 28 rows
stage-pad-rows = padded to 32 rows
stage-normalise = paper −0.1, ink 1.175
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
key-layer = previous, next layer
key-map = previous, next map
key-unit = another unit of the map
key-ends = first, last layer
key-enter = enlarge the pinned map
key-escape = out: dialog, loupe, zoom, pin
key-back = back to the unit you came from
key-fit = the whole figure
key-open = open a file
key-save = save the scene
key-copy = copy the pinned value in full
key-undo = undo, redo
key-language-theme = language, light or dark
key-keys = these keys
key-quit = end; what is open comes back
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
