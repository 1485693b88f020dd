// Uploads of evidence.

export function initUploader(root) {
  return root;
}
