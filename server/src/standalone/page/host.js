// The demo's stand-in for Nextcloud's page: who you are in this tab, the header, and the app's entry script.
// Who you are lives in sessionStorage, so every tab is a person of its own.

const LANGUAGES = { eu: 'Euskara', es: 'Español', ca: 'Català', en: 'English' }
const TEXTS = {
  en: {
    demo: 'Demo',
    about:
      'A demo on this computer. Sign-in, avatars and the search for people are imitated; everything else is the real program.',
    who: 'Who are you in this tab?',
    hint: 'Open this address in a second tab and choose somebody else: two tabs are two people.',
    change: 'Be somebody else in this tab',
    skip: 'Skip to',
    language: 'Language',
  },
  es: {
    demo: 'Demostración',
    about:
      'Una demostración en este ordenador. La identificación, los avatares y la búsqueda de personas son imitados; todo lo demás es el programa real.',
    who: '¿Quién eres en esta pestaña?',
    hint: 'Abre esta dirección en otra pestaña y elige a otra persona: dos pestañas son dos personas.',
    change: 'Ser otra persona en esta pestaña',
    skip: 'Saltar a',
    language: 'Idioma',
  },
  eu: {
    demo: 'Erakustaldia',
    about:
      'Erakustaldi bat ordenagailu honetan. Saio-hasiera, avatarrak eta pertsonen bilaketa imitatuak dira; gainerako guztia benetako programa da.',
    who: 'Nor zara fitxa honetan?',
    hint: 'Ireki helbide hau beste fitxa batean eta aukeratu beste norbait: bi fitxa bi pertsona dira.',
    change: 'Izan beste norbait fitxa honetan',
    skip: 'Joan hona',
    language: 'Hizkuntza',
  },
  ca: {
    demo: 'Demostració',
    about:
      'Una demostració en aquest ordinador. La identificació, els avatars i la cerca de persones són imitats; tota la resta és el programa real.',
    who: 'Qui ets en aquesta pestanya?',
    hint: 'Obre aquesta adreça en una altra pestanya i tria una altra persona: dues pestanyes són dues persones.',
    change: 'Sigues una altra persona en aquesta pestanya',
    skip: 'Salta a',
    language: 'Idioma',
  },
}

const stored = (key) => sessionStorage.getItem(`auzolan-standalone-${key}`)
const store = (key, value) => sessionStorage.setItem(`auzolan-standalone-${key}`, value)
const make = (tag, attributes = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), attributes)
  element.append(...children)
  return element
}

const asked = new URLSearchParams(location.search)
const people = await (await fetch('/standalone/people')).json()
if (people.some((p) => p.id === asked.get('as'))) store('person', asked.get('as'))
if (Object.hasOwn(LANGUAGES, asked.get('lang') ?? '')) store('language', asked.get('lang'))
// As in a Nextcloud that passes requests on, with the server at a path of the same host (`yes`) or nowhere (`only`).
if (asked.get('relay')) store('relay', asked.get('relay'))

const browserLanguage = navigator.language.slice(0, 2)
const language = stored('language') ?? (LANGUAGES[browserLanguage] ? browserLanguage : 'en')
const text = TEXTS[language]
const person = people.find((p) => p.id === stored('person'))
document.documentElement.lang = language
document.documentElement.dataset.locale = language
document.querySelector('#skip-actions').ariaLabel = text.skip

if (person && location.pathname !== '/') start(person)
else choose()

function languageSelect() {
  const select = make('select', { ariaLabel: text.language })
  for (const [id, name] of Object.entries(LANGUAGES)) {
    select.append(make('option', { value: id, textContent: name, selected: id === language }))
  }
  select.addEventListener('change', () => {
    store('language', select.value)
    const here = new URL(location.href)
    here.searchParams.delete('lang')
    location.replace(here)
  })
  return select
}

function choose() {
  document.body.classList.add('choosing')
  const list = make('ul')
  for (const p of people) {
    const then = /^\/(?!\/)/.test(asked.get('then') ?? '') ? asked.get('then') : '/apps/auzolan/'
    const link = make('a', { href: `${then}${then.includes('?') ? '&' : '?'}as=${encodeURIComponent(p.id)}` })
    link.append(
      make('img', { src: `/avatar/${encodeURIComponent(p.id)}/64`, alt: '', width: 40, height: 40 }),
      make('span', {}, make('b', { textContent: p.name }), make('small', { textContent: p.does[language] })),
    )
    list.append(make('li', {}, link))
  }
  const main = make('main', { id: 'choose' })
  main.append(
    make(
      'div',
      { className: 'choose-top' },
      make('strong', { textContent: 'Auzolan · Haranberri' }),
      languageSelect(),
    ),
    make('h1', { textContent: text.who }),
    make('p', { textContent: text.hint }),
    list,
    make('p', { className: 'about', textContent: text.about }),
  )
  document.querySelector('#auzolan').replaceWith(main)
}

function start(me) {
  // What Nextcloud would put into its page.
  document.head.dataset.user = me.id
  document.head.dataset.userDisplayname = me.name
  document.head.dataset.requesttoken = `standalone:${me.id}`
  window._oc_webroot = ''
  window._oc_appswebroots = { auzolan: '/apps/auzolan' }
  window._oc_config = { modRewriteWorking: true }
  window._oc_capabilities = {}
  const relay = stored('relay')
  const state = {
    serverUrl: relay === 'only' ? '' : relay === 'yes' ? `${location.origin}/auzolan` : location.origin,
    configured: true,
    relay: relay === 'yes' || relay === 'only',
  }
  for (const [key, value] of Object.entries({ 'auzolan-start': state, 'core-capabilities': {} })) {
    const input = { type: 'hidden', id: `initial-state-${key}`, value: btoa(JSON.stringify(value)) }
    document.body.append(make('input', input))
  }

  const here = location.pathname
  const header = document.querySelector('#host-header')
  header.append(
    make('a', { className: 'name', href: '/apps/auzolan/', textContent: 'Auzolan' }),
    make('span', { className: 'demo', textContent: text.demo, title: text.about }),
    make('span', { className: 'grow' }),
    languageSelect(),
    make(
      'a',
      {
        className: 'me',
        href: `/?then=${encodeURIComponent(here)}`,
        title: text.change,
        ariaLabel: `${me.name}. ${text.change}`,
      },
      make('span', { textContent: me.name }),
      make('img', { src: `/avatar/${encodeURIComponent(me.id)}/64`, alt: '', width: 32, height: 32 }),
    ),
  )
  document.body.append(make('script', { type: 'module', src: '/apps/auzolan/js/auzolan-main.mjs' }))
}
