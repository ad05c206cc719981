//! Every file in `shaders/` is valid WGSL, whoever uses it.

use std::path::Path;

#[test]
fn every_shader_parses_and_validates() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("shaders");
    let mut seen = 0;
    for file in folder.read_dir().unwrap() {
        let path = file.unwrap().path();
        assert_eq!(path.extension().unwrap(), "wgsl", "{}", path.display());
        let source = std::fs::read_to_string(&path).unwrap();
        let module = naga::front::wgsl::parse_str(&source).unwrap_or_else(|error| {
            panic!("{}", error.emit_to_string_with_path(&source, &path.display().to_string()))
        });
        // No capabilities: nothing that a plain WebGPU device lacks.
        naga::valid::Validator::new(
            naga::valid::ValidationFlags::all(),
            naga::valid::Capabilities::empty(),
        )
        .validate(&module)
        .unwrap_or_else(|error| panic!("{}: {error:?}", path.display()));
        seen += 1;
    }
    assert!(seen >= 4, "only {seen} shaders in {}", folder.display());
}
