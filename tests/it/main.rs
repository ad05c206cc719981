mod data;
mod support;
