/** Kinds of tools (DOMAIN C.2), and what makes the risk of a processing high (DOMAIN B.7, the authority's list of 6 May 2019). */
import { referenceList, type EntryOf } from './list.ts'

const name = (en: string, es: string, eu: string, ca: string) => ({ en, es, eu, ca })

export const toolCategories = referenceList(
  {
    id: 'toolCategories',
    key: ['id'],
    columns: {
      id: { kind: 'id', required: true },
      name: { kind: 'translated', max: 60, required: true },
      serves: { kind: 'choice', options: ['manage', 'share', 'present'], required: true },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'publiccode.yml',
    entries: [
      {
        id: 'documents',
        serves: 'share',
        name: name(
          'Documents and office',
          'Documentos y ofimática',
          'Dokumentuak eta bulegotika',
          'Documents i ofimàtica',
        ),
      },
      {
        id: 'storage',
        serves: 'share',
        name: name(
          'Storage and sync',
          'Almacenamiento y sincronización',
          'Biltegiratzea eta sinkronizazioa',
          'Emmagatzematge i sincronització',
        ),
      },
      {
        id: 'video-conferencing',
        serves: 'share',
        name: name('Video calls', 'Videoconferencia', 'Bideokonferentzia', 'Videoconferència'),
      },
      {
        id: 'messaging',
        serves: 'share',
        name: name(
          'Messaging and community',
          'Mensajería y comunidad',
          'Mezularitza eta komunitatea',
          'Missatgeria i comunitat',
        ),
      },
      {
        id: 'tasks',
        serves: 'manage',
        name: name(
          'Tasks and projects',
          'Tareas y proyectos',
          'Zereginak eta proiektuak',
          'Tasques i projectes',
        ),
      },
      {
        id: 'surveys',
        serves: 'manage',
        name: name(
          'Forms and surveys',
          'Formularios y encuestas',
          'Galdetegiak eta inkestak',
          'Formularis i enquestes',
        ),
      },
      {
        id: 'calendars',
        serves: 'manage',
        name: name(
          'Calendars and booking',
          'Calendarios y citas',
          'Egutegiak eta hitzorduak',
          'Calendaris i cites',
        ),
      },
      {
        id: 'presentations',
        serves: 'present',
        name: name(
          'Presentations and design',
          'Presentaciones y diseño',
          'Aurkezpenak eta diseinua',
          'Presentacions i disseny',
        ),
      },
      {
        id: 'social-media-management',
        serves: 'present',
        name: name(
          'Management of social media',
          'Gestión de redes sociales',
          'Sare sozialen kudeaketa',
          'Gestió de xarxes socials',
        ),
      },
      {
        id: 'listening',
        serves: 'manage',
        name: name(
          'Listening and analytics',
          'Escucha y analítica',
          'Entzutea eta analitika',
          'Escolta i analítica',
        ),
      },
      {
        id: 'mind-maps',
        serves: 'present',
        name: name(
          'Mind maps and notes',
          'Mapas mentales y notas',
          'Kontzeptu-mapak eta oharrak',
          'Mapes mentals i notes',
        ),
      },
      {
        id: 'translation',
        serves: 'manage',
        name: name(
          'Translation and language',
          'Traducción y lengua',
          'Itzulpena eta hizkuntza',
          'Traducció i llengua',
        ),
      },
      {
        id: 'e-learning',
        serves: 'present',
        name: name('Online learning', 'Formación en línea', 'Online prestakuntza', 'Formació en línia'),
      },
      {
        id: 'databases',
        serves: 'manage',
        name: name(
          'Databases and maps',
          'Bases de datos y mapas',
          'Datu-baseak eta mapak',
          'Bases de dades i mapes',
        ),
      },
      {
        id: 'human-resources',
        serves: 'manage',
        name: name('Human resources', 'Recursos humanos', 'Giza baliabideak', 'Recursos humans'),
      },
      {
        id: 'e-mail',
        serves: 'share',
        name: name('E-mail', 'Correo electrónico', 'Posta elektronikoa', 'Correu electrònic'),
      },
      { id: 'security', serves: 'manage', name: name('Security', 'Seguridad', 'Segurtasuna', 'Seguretat') },
    ],
  },
)
export type ToolCategory = EntryOf<(typeof toolCategories)['columns']>

export const dpiaCriteria = referenceList(
  {
    id: 'dpiaCriteria',
    key: ['id'],
    columns: {
      id: { kind: 'id', required: true },
      name: { kind: 'translated', max: 120, required: true },
    },
  },
  {
    verifiedOn: '2026-11-23',
    source: 'AEPD',
    entries: [
      {
        id: 'profiling',
        name: name(
          'Profiles of people, or judging them',
          'Perfiles o valoración de personas',
          'Pertsonen profilak edo balorazioa',
          'Perfils o valoració de persones',
        ),
      },
      {
        id: 'automated-decisions',
        name: name(
          'Decisions by a machine',
          'Decisiones automatizadas',
          'Erabaki automatizatuak',
          'Decisions automatitzades',
        ),
      },
      {
        id: 'observation',
        name: name(
          'Watching people systematically',
          'Observación sistemática de personas',
          'Pertsonen behaketa sistematikoa',
          'Observació sistemàtica de persones',
        ),
      },
      {
        id: 'special-categories',
        name: name(
          'Special categories of data',
          'Categorías especiales de datos',
          'Datuen kategoria bereziak',
          'Categories especials de dades',
        ),
      },
      {
        id: 'biometrics',
        name: name('Biometric data', 'Datos biométricos', 'Datu biometrikoak', 'Dades biomètriques'),
      },
      {
        id: 'genetics',
        name: name('Genetic data', 'Datos genéticos', 'Datu genetikoak', 'Dades genètiques'),
      },
      {
        id: 'large-scale',
        name: name('On a large scale', 'A gran escala', 'Eskala handian', 'A gran escala'),
      },
      {
        id: 'combining',
        name: name(
          'Putting sets of data together',
          'Combinación de conjuntos de datos',
          'Datu multzoak elkartzea',
          'Combinació de conjunts de dades',
        ),
      },
      {
        id: 'vulnerable',
        name: name('Vulnerable people', 'Personas vulnerables', 'Pertsona ahulak', 'Persones vulnerables'),
      },
      {
        id: 'new-technology',
        name: name(
          'New technology, or used in a new way',
          'Tecnología nueva o con un uso nuevo',
          'Teknologia berria, edo erabilera berria',
          'Tecnologia nova o amb un ús nou',
        ),
      },
      {
        id: 'keeps-from-service',
        name: name(
          'It can keep people from a right or a service',
          'Puede impedir un derecho o un servicio',
          'Eskubide edo zerbitzu bat eragotz dezake',
          'Pot impedir un dret o un servei',
        ),
      },
    ],
  },
)
export type DpiaCriterion = EntryOf<(typeof dpiaCriteria)['columns']>
