use convscope::ui::platform::offscreen::{Options, render_window};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.get(1).map(String::as_str) == Some("shot") {
        let mut o = Options::default();
        for a in &args[3..] {
            match a.as_str() {
                "zh" => o.lang = convscope::locale::Lang::Zh,
                "dark" => o.theme = convscope::ui::theme::Theme::Dark,
                "big" => o.size = [1920, 1080],
                "small" => o.size = [1024, 768],
                "loupe" => o.scene.loupe = true,
                "modern" => {
                    o.scene.network = convscope::ui::scene::NetworkRef::Zoo("lenet5-modern".into())
                }
                "gallery" => o.actions.push(convscope::ui::action::Action::Open(
                    convscope::ui::action::Dialog::Gallery,
                )),
                "stages" => o.actions.push(convscope::ui::action::Action::Open(
                    convscope::ui::action::Dialog::Stages,
                )),
                "keys" => o
                    .actions
                    .push(convscope::ui::action::Action::Open(convscope::ui::action::Dialog::Keys)),
                "path" => o
                    .actions
                    .push(convscope::ui::action::Action::Open(convscope::ui::action::Dialog::Path)),
                p if p.starts_with("pin=") => {
                    let v: Vec<&str> = p[4..].split(',').collect();
                    o.scene.pin = Some(convscope::ui::scene::Pin {
                        node: v[0].into(),
                        unit: [v[1].parse().unwrap(), v[2].parse().unwrap(), v[3].parse().unwrap()],
                    });
                }
                _ => {}
            }
        }
        let i = render_window(o).unwrap();
        image::save_buffer(&args[2], &i.rgba, i.width, i.height, image::ColorType::Rgba8).unwrap();
    } else {
        convscope::ui::run(convscope::ui::Options::default()).unwrap();
    }
}
