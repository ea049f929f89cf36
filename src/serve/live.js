// The preview's own script: reloads the page when the site has changed, shows what keeps it back.
const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = '/_vademecum/live.css';
document.head.append(style);

let shown = null; // the problems that are on the page
// The site that this page was made from; a page of problems was made from none.
let generation = new URL(import.meta.url).searchParams.get('generation');

function show(html) {
  shown?.remove();
  shown = null;
  if (!html) return;
  shown = document.createElement('section');
  shown.className = 'vademecum-problems';
  shown.setAttribute('role', 'alert');
  shown.innerHTML = html; // made by the server, every text in it escaped
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '×';
  close.setAttribute('aria-label', 'Chiudi');
  close.addEventListener('click', () => show(''));
  shown.prepend(close);
  document.body.append(shown);
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && shown) show('');
});

const news = new EventSource('/_vademecum/events');
news.addEventListener('problems', (event) => show(event.data));
news.addEventListener('generation', (event) => {
  if (generation === null) generation = event.data;
  else if (generation !== event.data) location.reload();
});
