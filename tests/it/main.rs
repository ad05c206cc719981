mod cli;
mod render;
