// Files that wait to be sent, kept in this browser (IndexedDB) so that a closed page or an empty battery loses none.
// Where the store is closed (private windows) the queue lives as long as the page: every function then answers quietly.

const DAYS = 3; // as long as the server keeps what was sent
const person = () => document.documentElement.dataset.user ?? "";

const store = (mode, act) => new Promise((done) => {
  let request;
  try {
    request = indexedDB.open("ocop-tep", 1);
  } catch {
    done(undefined);
    return;
  }
  request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "id", autoIncrement: true });
  request.onerror = () => done(undefined);
  request.onsuccess = () => {
    try {
      const change = request.result.transaction("waiting", mode);
      const asked = act(change.objectStore("waiting"));
      change.oncomplete = () => { done(asked.result); request.result.close(); };
      change.onabort = () => { done(undefined); request.result.close(); };
    } catch {
      done(undefined);
    }
  };
});

/** Keep a file with where it goes; gives the item its `id`. Only for files that belong to an attach address. */
export async function keep(item) {
  if (!item.attachUrl) return;
  const { name, blob, uploadUrl, attachUrl, address, ready, sensitive } = item;
  const row = { name, blob, uploadUrl, attachUrl, address, ready, sensitive, person: person(), at: Date.now() };
  if (item.id) row.id = item.id;
  item.id = (await store("readwrite", (rows) => rows.put(row))) ?? item.id;
}

/** It is there, or never will be. */
export async function forget(item) {
  if (item.id) await store("readwrite", (rows) => rows.delete(item.id));
}

/** What this person still has to send to that address; what is too old goes. */
export async function restore(attachUrl) {
  if (!attachUrl) return [];
  const all = (await store("readonly", (rows) => rows.getAll())) ?? [];
  const oldest = Date.now() - DAYS * 86400000;
  for (const row of all.filter((one) => one.at < oldest)) await forget(row);
  return all.filter((row) => row.at >= oldest && row.attachUrl === attachUrl && row.person === person());
}
