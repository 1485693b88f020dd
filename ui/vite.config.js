// One build per surface, so that each is a single script without shared chunks, under a stable name: Django hashes the names.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { defineConfig } from "vite";

const ICONS = resolve(import.meta.dirname, "node_modules/@tabler/icons/icons/outline");
const LISTS = JSON.parse(readFileSync(resolve(import.meta.dirname, "../src/ocop/kit/icons.json"), "utf8"));

/** An SVG sprite of the listed icons: one symbol each, drawn in the colour of the text. */
function sprite(names) {
  const symbols = names.map((name) => {
    const source = readFileSync(resolve(ICONS, `${name}.svg`), "utf8");
    const paths = source.slice(source.indexOf(">") + 1, source.lastIndexOf("</svg>"));
    const drawn = paths.replace(/<path stroke="none"[^>]*\/>/g, "").replace(/>\s+</g, "><").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${drawn}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`;
}

const sprites = {
  name: "icon-sprites",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "ocop/icons.svg", source: sprite(LISTS.core) });
    this.emitFile({ type: "asset", fileName: "ocop/icons-more.svg", source: sprite(LISTS.more) });
  },
};

const isFont = (asset) => asset.names.some((name) => name.endsWith(".woff2"));

export default defineConfig(({ mode }) => ({
  base: "./",
  publicDir: mode === "workspace" ? "static" : false,
  plugins: mode === "workspace" ? [sprites] : [],
  build: {
    outDir: "dist",
    emptyOutDir: mode === "workspace",
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: false,
    target: ["chrome87", "safari14", "firefox78"],
    reportCompressedSize: true,
    rolldownOptions: {
      checks: { eval: false, pluginTimings: false }, // htmx holds an eval that our configuration never reaches
      input: resolve(import.meta.dirname, `src/js/${mode}.js`),
      output: {
        format: "iife",
        entryFileNames: `ocop/${mode}.js`,
        assetFileNames: (asset) => (isFont(asset) ? "ocop/fonts/[name][extname]" : `ocop/${mode}[extname]`),
      },
    },
  },
}));
