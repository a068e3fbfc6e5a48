/** What the media of the demo's calendar show; of the film there is none, as its post says. */
import { drawn, type Drawn } from './drawn.ts'

export const PICTURES: { readonly [medium: string]: Drawn } = {
  'kartela-a25': drawn('a25-kartela.png', [
    [0, 0, 100, 100, '#5b2a86'],
    [12, 16, 76, 14, '#ffffff'],
    [12, 40, 56, 8, '#d9c2ec'],
    [12, 54, 64, 8, '#d9c2ec'],
    [12, 78, 28, 8, '#f2c14e'],
  ]),
  'kartela-antzerkia': drawn('antzerkia.png', [
    [0, 0, 100, 100, '#2b1b17'],
    [0, 0, 16, 100, '#8c1c13'],
    [84, 0, 16, 100, '#8c1c13'],
    [0, 82, 100, 18, '#7a4a23'],
    [34, 40, 10, 42, '#e8c9a0'],
    [56, 44, 10, 38, '#c9dbe8'],
  ]),
  edukiontzia: drawn('edukiontzi-marroia.png', [
    [0, 0, 100, 70, '#dfe9e2'],
    [8, 14, 26, 56, '#c7d6cf'],
    [60, 8, 32, 62, '#d3dcd6'],
    [0, 70, 100, 30, '#b9c5bd'],
    [40, 40, 20, 44, '#7a4a23'],
    [37, 34, 26, 7, '#5c3317'],
    [46, 54, 8, 12, '#cfe3c3'],
  ]),
}
