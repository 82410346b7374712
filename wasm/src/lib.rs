//! ringup-core for JavaScript, and as a module without imports.
