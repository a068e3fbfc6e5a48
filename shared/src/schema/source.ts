/** The document that the sections, their notes and their proposals follow; what cites it gives a section of it. */
export const SOURCE = {
  title: 'Redes sociales y herramientas en la nube para las administraciones públicas del siglo XXI',
  author: 'Jesús Palomar i Baget',
  year: 2014,
} as const
