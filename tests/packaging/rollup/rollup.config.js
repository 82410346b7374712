import resolve from "@rollup/plugin-node-resolve";

export default ["browser", "node", "unused"].map((name) => ({
  input: `${name}.js`,
  output: { file: `dist/${name}.js`, format: "es" },
  plugins: [resolve()],
}));
