/** Whose privacy, and how; and the replies that keep a case out of the public thread (DOMAIN A.8, P-19). */
import { proposed } from './proposed.ts'

export const privacy = {
  protected: [
    {
      id: 'followers',
      whose: 'followers',
      how: proposed(
        'We make no lists and no profiles of those who follow us or comment. Of the statistics of the network we use totals only.',
        'No hacemos listas ni perfiles de quienes nos siguen o comentan. De las estadísticas de la red usamos solo los totales.',
        'Ez dugu jarraitzen gaituztenen edo iruzkinak egiten dituztenen zerrendarik eta profilik egiten. Sarearen estatistiketatik datu orokorrak baino ez ditugu erabiltzen.',
        'No fem llistes ni perfils de qui ens segueix o comenta. De les estadístiques de la xarxa fem servir només els totals.',
      ),
    },
    {
      id: 'pictured',
      whose: 'pictured',
      how: proposed(
        'Nobody is recognisable in our pictures, or tagged, without having said yes. Whoever takes the yes back, disappears from them.',
        'Nadie aparece reconocible en nuestras imágenes, ni etiquetado, sin haber dado su autorización. Si la retira, quitamos la imagen.',
        'Inor ez da gure irudietan ezagutzeko moduan agertzen, ezta etiketatuta ere, baimenik eman gabe. Baimena kentzen badu, irudia kentzen dugu.',
        'Ningú no surt recognoscible a les nostres imatges, ni etiquetat, sense haver donat el consentiment. Si el retira, traiem la imatge.',
      ),
    },
    {
      id: 'staff',
      whose: 'staff',
      how: proposed(
        'The names of those who look after profiles are not published. Personal accounts and devices are not mixed with official ones.',
        'No publicamos los nombres de quienes cuidan los perfiles. Las cuentas y los dispositivos personales no se mezclan con los oficiales.',
        'Ez dugu profilak zaintzen dituztenen izenik argitaratzen. Kontu eta gailu pertsonalak ez dira ofizialekin nahasten.',
        'No publiquem els noms de qui té cura dels perfils. Els comptes i els dispositius personals no es barregen amb els oficials.',
      ),
    },
    {
      id: 'mentioned',
      whose: 'mentioned',
      how: proposed(
        'We note what is said of us, and of private people not who said it. After a year names and addresses are removed.',
        'Anotamos lo que se dice de la institución y, si son particulares, no quién lo dice. Al cabo de un año se eliminan nombres y direcciones.',
        'Erakundeaz zer esaten den jasotzen dugu eta, partikularrak badira, ez nork esan duen. Urtebetera izenak eta helbideak ezabatzen dira.',
        'Anotem què es diu de la institució i, si són particulars, no qui ho diu. Al cap d’un any s’eliminen noms i adreces.',
      ),
      retentionMonths: 12,
    },
    {
      id: 'children',
      whose: 'children',
      how: proposed(
        'No recognisable child in our pictures, not even in the background, without the consent of those who answer for it. No activity depends on it.',
        'Ninguna criatura reconocible en nuestras imágenes, ni al fondo, sin la autorización de quienes tienen su patria potestad o tutela. Ninguna actividad depende de ella.',
        'Gure irudietan ez da haurrik ezagutzeko moduan agertzen, ezta atzealdean ere, guraso-ahala edo tutoretza dutenen baimenik gabe. Jarduera bakar bat ere ez dago baimen horren mende.',
        'Cap criatura recognoscible a les nostres imatges, ni al fons, sense el consentiment de qui en té la pàtria potestat o la tutela. Cap activitat no en depèn.',
      ),
    },
  ],
  minorsAge: 14,
  replies: [
    {
      id: 'official-channel',
      purpose: 'official_channel',
      text: proposed(
        'Thank you for telling us. To look at your case without making your data public, please write to us by the official channel, and we will answer you there.',
        'Gracias por contárnoslo. Para ver tu caso sin hacer públicos tus datos, escríbenos por el canal oficial y te responderemos allí.',
        'Eskerrik asko guri kontatzeagatik. Zure kasua zure datuak jendaurrean jarri gabe aztertzeko, idatzi bide ofizialetik, eta han erantzungo dizugu.',
        'Gràcies per explicar-nos-ho. Per veure el teu cas sense fer públiques les teves dades, escriu-nos pel canal oficial i et respondrem allà.',
      ),
    },
    {
      id: 'thanks',
      purpose: 'thanks',
      text: proposed(
        'Thank you! We pass it on to those who made it possible.',
        '¡Gracias! Se lo haremos llegar a quienes lo han hecho posible.',
        'Eskerrik asko! Posible egin dutenei helaraziko diegu.',
        'Gràcies! Ho farem arribar a qui ho ha fet possible.',
      ),
    },
    {
      id: 'out-of-hours',
      purpose: 'out_of_hours',
      text: proposed(
        'We have read you. Now nobody is here to answer; we will on the next working day. In an emergency, call 112.',
        'Te hemos leído. Ahora no hay nadie para responder; lo haremos el próximo día laborable. Si es una emergencia, llama al 112.',
        'Irakurri dugu zure mezua. Orain ez dago erantzuteko inor; hurrengo lanegunean erantzungo dizugu. Larrialdia bada, deitu 112ra.',
        'T’hem llegit. Ara no hi ha ningú per respondre; ho farem el proper dia laborable. Si és una emergència, truca al 112.',
      ),
    },
  ],
} as const
