//! Two kernels, one after the other.

use super::*;

fn composition_of(window: &Window) -> &Outcome {
    studio(window).field.outcome().expect("two kernels")
}

#[test]
fn two_kernels_compose_on_the_digit_until_a_relu_stands_between() {
    let composed = |relu| {
        let composition = Composition { relu, ..Composition::default() };
        let page = FieldPage::Compose;
        on(FieldScene { page, composition, ..FieldScene::default() })
    };
    let window = composed(false);
    assert!(composition_of(&window).largest < 1e-5);
    assert!(narrate(studio(&window)).text(Lang::En).contains("largest difference 0.0000, no more"));
    let mut window = composed(true);
    assert!(composition_of(&window).largest > 0.1);
    window.get_by_label("ReLU between").click();
    window.run();
    assert!(!shown(&window).composition.relu);
}

#[test]
fn rounding_is_told_from_a_difference_whatever_the_size_of_the_weights() {
    let told = |scale: f32, relu| {
        let mut composition = Composition { relu, ..Composition::default() };
        for (at, weight) in composition.inner.iter_mut().chain(&mut composition.outer).enumerate() {
            *weight = scale * (0.731 + 0.113 * at as f32) * if at % 2 == 0 { 1.0 } else { -1.0 };
        }
        let page = FieldPage::Compose;
        let window = on(FieldScene { page, composition, ..FieldScene::default() });
        let outcome = composition_of(&window);
        (outcome.differs(), outcome.largest)
    };
    for scale in [1e-3, 1.0, 30.0] {
        let (differs, largest) = told(scale, false);
        assert!(!differs, "weights of {scale}: {largest}");
        let (differs, largest) = told(scale, true);
        assert!(differs, "weights of {scale}: {largest}");
    }
}
