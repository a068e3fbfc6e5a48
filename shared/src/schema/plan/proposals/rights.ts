/** Others' rights, and our own (DOMAIN A.10). Saying no to a picture must cost nothing (DOMAIN P-32). */
import { proposed } from './proposed.ts'

export const rights = {
  others: proposed(
    'We use no pictures, music or documents of others unless their licence allows it or we have permission in writing. We always name the author.',
    'No usamos imágenes, música ni documentos ajenos si su licencia no lo permite o no tenemos permiso por escrito. Siempre nombramos la autoría.',
    'Ez dugu besteren irudirik, musikarik edo dokumenturik erabiltzen, lizentziak baimentzen ez badu edo idatzizko baimenik ez badugu. Egilea beti aipatzen dugu.',
    'No fem servir imatges, música ni documents d’altri si la llicència no ho permet o no en tenim permís per escrit. Sempre n’esmentem l’autoria.',
  ),
  people: proposed(
    'Nobody is shown or tagged without express consent. The consent can be taken back at any time, and then we remove the picture.',
    'No mostramos ni etiquetamos a nadie sin su autorización expresa. La autorización se puede retirar en cualquier momento, y entonces quitamos la imagen.',
    'Ez dugu inor erakusten edo etiketatzen berariazko baimenik gabe. Baimena edozein unetan ken daiteke, eta orduan irudia kentzen dugu.',
    'No mostrem ni etiquetem ningú sense el seu consentiment exprés. El consentiment es pot retirar en qualsevol moment, i llavors traiem la imatge.',
  ),
  consentForm: proposed(
    '[ ] I agree that pictures in which I can be recognised are published on the official profiles of the institution, for the purpose and on the networks named here. Saying no has no consequence: I can take part just the same. I can take my yes back at any time, and the pictures will be removed.',
    '[ ] Autorizo que se publiquen imágenes en las que se me reconoce en los perfiles oficiales de la institución, para el fin y en las redes que aquí se indican. Decir que no no tiene ninguna consecuencia: puedo participar igual. Puedo retirar mi autorización en cualquier momento, y las imágenes se quitarán.',
    '[ ] Baimena ematen dut ezagutzeko moduan agertzen naizen irudiak erakundearen profil ofizialetan argitaratzeko, hemen adierazitako xederako eta sareetan. Ezetz esateak ez du inolako ondoriorik: berdin har dezaket parte. Baimena edozein unetan ken dezaket, eta irudiak kendu egingo dira.',
    '[ ] Autoritzo que es publiquin imatges en què se’m reconeix als perfils oficials de la institució, per a la finalitat i a les xarxes que s’indiquen aquí. Dir que no no té cap conseqüència: puc participar-hi igualment. Puc retirar el consentiment en qualsevol moment, i les imatges es trauran.',
  ),
} as const
