// One JavaScript library on a file of articles: `node peer.cjs NAME ARTICLES.jsonl COUNT`.
//
// Run in the folder where the libraries are installed. Prints one JSON object as peer.py does.

const fs = require("fs");
const { createRequire } = require("module");
const installed = createRequire(process.cwd() + "/");

const peers = {
  // Sentences, people, places, organisations and quotations, as text and without positions.
  compromise() {
    const nlp = installed("compromise");
    return (text) => {
      const doc = nlp(text);
      const found = [doc.people(), doc.places(), doc.organizations(), doc.quotations()];
      found.forEach((view) => view.out("array"));
      return doc.sentences().out("array").length;
    };
  },
  // Sentences, parts of speech, dates, times and amounts; no people, places or organisations.
  wink() {
    const wink = installed("wink-nlp");
    const model = installed("wink-eng-lite-web-model");
    const nlp = wink(model, ["sbd", "pos", "ner"]);
    return (text) => {
      const doc = nlp.readDoc(text);
      doc.entities().out();
      return doc.sentences().out().length;
    };
  },
};

function main() {
  const [name, articles, count] = process.argv.slice(2);
  const lines = fs.readFileSync(articles, "utf8").split("\n").slice(0, Number(count));
  const texts = lines.map((line) => JSON.parse(line).text);
  let read;
  try {
    read = peers[name]();
    read(texts[0]);
  } catch (error) {
    console.log(JSON.stringify({ missing: String(error.message).split("\n")[0] }));
    return;
  }
  const start = process.cpuUsage();
  const found = texts.reduce((sum, text) => sum + read(text), 0);
  const { user, system } = process.cpuUsage(start);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  console.log(JSON.stringify({ bytes, seconds: (user + system) / 1e6, found }));
}

main();
