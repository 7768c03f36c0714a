/* global URL, document, localStorage, sessionStorage */
/* The shop's own script, as a small shop has one: the cart is kept in the browser, and nothing is ever sent. */

const goods = {
  sandbar: { name: 'Sandbar', price: 64, tone: 'sand', art: 'sandal' },
  'pier-loafer': { name: 'Pier Loafer', price: 78, tone: 'sea', art: 'loafer' },
  'reef-walker': { name: 'Reef Walker', price: 59, tone: 'coral', art: 'reef' },
};

const all = (selector) => [...document.querySelectorAll(selector)];
const say = (near, words) => {
  const said = near.querySelector('[data-said]');
  if (said) said.textContent = words;
};

const readCart = () => {
  try {
    return JSON.parse(localStorage.getItem('cart') ?? '[]').filter(({ shoe }) => Object.hasOwn(goods, shoe));
  } catch {
    // Nothing kept, or not by us: an empty cart.
    return [];
  }
};

const cookie = (name) =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const setCookie = (name, value, life = '') => {
  document.cookie = `${name}=${value}; path=/; samesite=lax${life}`;
};

const element = (tag, text, className = '') =>
  Object.assign(document.createElement(tag), { textContent: text, className });

const picture = ({ tone, art }) => {
  const frame = element('span', '', `art ${tone}`);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 200 120');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(document.createElementNS('http://www.w3.org/2000/svg', 'use'));
  svg.firstChild.setAttribute('href', `/art.svg#${art}`);
  frame.append(svg);
  return frame;
};

const line = ({ shoe, size, colour }, index) => {
  const { name, price } = goods[shoe];
  const words = document.createElement('div');
  const away = element('button', 'Take out');
  away.type = 'button';
  away.setAttribute('aria-label', `Take ${name} out of the cart`);
  away.addEventListener('click', () => keepCart(readCart().filter((_, other) => other !== index)));
  words.append(element('b', name), element('span', `Size ${size}, ${colour} · `), away);
  const item = document.createElement('li');
  item.append(picture(goods[shoe]), words, element('span', `€${price}`));
  return item;
};

const showCart = (cart) => {
  const sum = cart.reduce((total, { shoe }) => total + goods[shoe].price, 0);
  for (const count of all('[data-cart-count]')) count.textContent = String(cart.length);
  for (const amount of all('[data-cart-goods], [data-cart-total]')) amount.textContent = `€${sum}`;
  for (const note of all('[data-cart-empty]')) note.hidden = cart.length > 0;
  for (const list of all('[data-cart-lines]')) list.replaceChildren(...cart.map(line));
};

const keepCart = (cart) => {
  localStorage.setItem('cart', JSON.stringify(cart));
  setCookie('cart', cart.map(({ shoe, size }) => `${shoe}:${size}`).join('|'));
  showCart(cart);
};

for (const form of all('[data-add-to-cart]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const [size, colour] = ['size', 'colour'].map((name) => form.elements.namedItem(name).value);
    keepCart([...readCart(), { shoe: form.dataset.addToCart, size, colour }]);
    say(form, `In the cart: size ${size}, ${colour}.`);
  });
}

for (const form of all('[data-thanks]')) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    say(form, form.dataset.thanks);
  });
}

for (const button of all('[data-checkout], [data-hold]')) {
  button.addEventListener('click', () => {
    say(button.closest('aside, section'), 'This is a demonstration: nothing is sold here.');
  });
}

for (const link of all('.top nav a')) {
  if (new URL(link.href).pathname === document.location.pathname && !link.hash)
    link.setAttribute('aria-current', 'page');
}

if (sessionStorage.getItem('visiting') === null) {
  sessionStorage.setItem('visiting', 'yes');
  setCookie('visits', Number(cookie('visits') ?? 0) + 1, '; max-age=31536000');
}
showCart(readCart());
