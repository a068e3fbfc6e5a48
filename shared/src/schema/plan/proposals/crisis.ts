/** Five things that happen to everybody sooner or later (DOMAIN A.16). */
import { proposed } from './proposed.ts'

const COMMUNICATIONS = proposed(
  'Head of communications',
  'Responsable de comunicación',
  'Komunikazio-arduraduna',
  'Responsable de comunicació',
)
const LEADERS = proposed(
  'Those who lead the institution',
  'La dirección de la institución',
  'Erakundearen zuzendaritza',
  'La direcció de la institució',
)

export const crisis = {
  scenarios: [
    {
      id: 'compromised',
      name: proposed(
        'Somebody else has taken over a profile',
        'Alguien se ha apoderado de un perfil',
        'Norbaitek profil bat bereganatu du',
        'Algú s’ha apoderat d’un perfil',
      ),
      trigger: proposed(
        'Posts that nobody of us wrote, or the password no longer works.',
        'Hay publicaciones que nadie de aquí ha escrito, o la contraseña ya no funciona.',
        'Hemengo inork idatzi ez dituen argitalpenak daude, edo pasahitzak ez du balio.',
        'Hi ha publicacions que ningú d’aquí no ha escrit, o la contrasenya ja no funciona.',
      ),
      firstHour: proposed(
        'Whoever can recover the account closes all sessions and changes the password and the second factor. We warn on the website and on the other profiles, tell the network and the data protection officer, and keep copies.',
        'Quien puede recuperar la cuenta cierra todas las sesiones y cambia la contraseña y el segundo factor. Avisamos en el sitio web y en los demás perfiles, a la red y a la persona delegada de protección de datos, y guardamos copias.',
        'Kontua berreskura dezakeenak saio guztiak ixten ditu eta pasahitza eta bigarren faktorea aldatzen ditu. Webgunean eta gainerako profiletan abisatzen dugu, bai eta sareari eta datuak babesteko ordezkariari ere, eta kopiak gordetzen ditugu.',
        'Qui pot recuperar el compte tanca totes les sessions i canvia la contrasenya i el segon factor. Avisem al lloc web i als altres perfils, a la xarxa i a la persona delegada de protecció de dades, i guardem còpies.',
      ),
      spokesperson: COMMUNICATIONS,
      holding: proposed(
        'Our profile is not in our hands at this moment. What it publishes now is not ours. We are recovering it.',
        'Ahora mismo este perfil no está en nuestras manos. Lo que publica no es nuestro. Lo estamos recuperando.',
        'Une honetan profil hau ez dago gure esku. Argitaratzen duena ez da gurea. Berreskuratzen ari gara.',
        'Ara mateix aquest perfil no és a les nostres mans. El que publica no és nostre. L’estem recuperant.',
      ),
      escalation: LEADERS,
      restore: proposed(
        'We delete what is not ours, say so, and review who has access.',
        'Borramos lo que no es nuestro, lo decimos y revisamos quién tiene acceso.',
        'Gurea ez dena ezabatzen dugu, hala esaten dugu, eta sarbidea nork duen berrikusten dugu.',
        'Esborrem el que no és nostre, ho diem i revisem qui hi té accés.',
      ),
    },
    {
      id: 'wrong-data',
      name: proposed(
        'We have published something wrong',
        'Hemos publicado un dato equivocado',
        'Datu oker bat argitaratu dugu',
        'Hem publicat una dada equivocada',
      ),
      trigger: proposed(
        'Somebody tells us, or the department that knows it does.',
        'Nos lo dice alguien, o el departamento que lo sabe.',
        'Norbaitek edo dakien sailak esaten digu.',
        'Ens ho diu algú, o el departament que ho sap.',
      ),
      firstHour: proposed(
        'The department confirms the right fact. We correct it where it was published and say that it is a correction; we do not delete in silence.',
        'El departamento confirma el dato correcto. Lo corregimos donde se publicó y decimos que es una corrección; no borramos en silencio.',
        'Sailak datu zuzena berresten du. Argitaratu den lekuan bertan zuzentzen dugu eta zuzenketa dela esaten dugu; ez dugu isilean ezabatzen.',
        'El departament confirma la dada correcta. La corregim on es va publicar i diem que és una correcció; no esborrem en silenci.',
      ),
      spokesperson: COMMUNICATIONS,
      holding: proposed(
        'What we published was wrong, and we are sorry. We are checking it and will give the right fact here.',
        'Lo que publicamos no era correcto, y lo sentimos. Lo estamos comprobando y daremos aquí el dato bueno.',
        'Argitaratu duguna ez zen zuzena; barkatu. Egiaztatzen ari gara, eta datu zuzena hemen emango dugu.',
        'El que vam publicar no era correcte, i ho sentim. Ho estem comprovant i donarem aquí la dada bona.',
      ),
      escalation: proposed(
        'When somebody may have lost a right or a deadline: legal services.',
        'Si alguien puede haber perdido un derecho o un plazo: servicios jurídicos.',
        'Norbaitek eskubideren bat edo eperen bat gal badezake: zerbitzu juridikoak.',
        'Si algú pot haver perdut un dret o un termini: serveis jurídics.',
      ),
      restore: proposed(
        'The website and all profiles say the same, and we note what failed.',
        'El sitio web y todos los perfiles dicen lo mismo, y anotamos qué falló.',
        'Webguneak eta profil guztiek gauza bera esaten dute, eta zerk huts egin duen idazten dugu.',
        'El lloc web i tots els perfils diuen el mateix, i anotem què va fallar.',
      ),
    },
    {
      id: 'rumour',
      name: proposed(
        'A rumour about us spreads',
        'Corre un rumor sobre la institución',
        'Erakundeari buruzko zurrumurru bat zabaltzen ari da',
        'Corre un rumor sobre la institució',
      ),
      trigger: proposed(
        'Several people ask the same, or a medium calls.',
        'Varias personas preguntan lo mismo, o llama un medio.',
        'Hainbat lagunek gauza bera galdetzen dute, edo komunikabide batek deitzen du.',
        'Diverses persones pregunten el mateix, o truca un mitjà.',
      ),
      firstHour: proposed(
        'We look for the fact and its official source before answering. We answer once, with the link, and do not argue.',
        'Buscamos el dato y su fuente oficial antes de responder. Respondemos una vez, con el enlace, y no discutimos.',
        'Erantzun aurretik datua eta haren iturri ofiziala bilatzen ditugu. Behin erantzuten dugu, estekarekin, eta ez gara eztabaidan hasten.',
        'Busquem la dada i la seva font oficial abans de respondre. Responem una vegada, amb l’enllaç, i no discutim.',
      ),
      spokesperson: COMMUNICATIONS,
      holding: proposed(
        'We have seen what is being said. We are checking it and will answer here with the official fact.',
        'Hemos visto lo que se dice. Lo estamos comprobando y responderemos aquí con el dato oficial.',
        'Ikusi dugu zer esaten ari den. Egiaztatzen ari gara, eta hemen erantzungo dugu datu ofizialarekin.',
        'Hem vist què es diu. Ho estem comprovant i respondrem aquí amb la dada oficial.',
      ),
      escalation: LEADERS,
      restore: proposed(
        'The fact stands on the website, and we link to it.',
        'El dato está en el sitio web, y lo enlazamos.',
        'Datua webgunean dago, eta hara estekatzen dugu.',
        'La dada és al lloc web, i hi enllacem.',
      ),
    },
    {
      id: 'data-breach',
      name: proposed(
        'Personal data have come out',
        'Se han difundido datos personales',
        'Datu pertsonalak zabaldu dira',
        'S’han difós dades personals',
      ),
      trigger: proposed(
        'Data of somebody are seen in a post, a picture or an answer.',
        'Se ven datos de alguien en una publicación, una imagen o una respuesta.',
        'Norbaiten datuak ikusten dira argitalpen, irudi edo erantzun batean.',
        'Es veuen dades d’algú en una publicació, una imatge o una resposta.',
      ),
      firstHour: proposed(
        'We hide it, keep a copy, and tell the data protection officer at once: if the law asks for it, the authority is told within 72 hours.',
        'Lo ocultamos, guardamos una copia y avisamos enseguida a la persona delegada de protección de datos: si la ley lo exige, hay 72 horas para notificarlo a la autoridad.',
        'Ezkutatu, kopia gorde eta berehala datuak babesteko ordezkariari abisatzen diogu: legeak hala eskatzen badu, 72 ordu daude agintaritzari jakinarazteko.',
        'Ho ocultem, en guardem una còpia i avisem de seguida la persona delegada de protecció de dades: si la llei ho exigeix, hi ha 72 hores per notificar-ho a l’autoritat.',
      ),
      spokesperson: LEADERS,
      holding: proposed(
        'We have removed a post with data that should not be there, and we are telling those affected.',
        'Hemos retirado una publicación con datos que no debían estar ahí, y estamos avisando a las personas afectadas.',
        'Egon behar ez zuten datuak zituen argitalpen bat kendu dugu, eta ukitutako pertsonei abisatzen ari gara.',
        'Hem retirat una publicació amb dades que no hi havien de ser, i estem avisant les persones afectades.',
      ),
      escalation: proposed(
        'Always: data protection officer and legal services.',
        'Siempre: persona delegada de protección de datos y servicios jurídicos.',
        'Beti: datuak babesteko ordezkaria eta zerbitzu juridikoak.',
        'Sempre: persona delegada de protecció de dades i serveis jurídics.',
      ),
      restore: proposed(
        'Those affected have been told, and we change what let it happen.',
        'Las personas afectadas lo saben, y cambiamos lo que lo hizo posible.',
        'Ukitutako pertsonek badakite, eta gertatzea ahalbidetu zuena aldatzen dugu.',
        'Les persones afectades ho saben, i canviem el que ho va fer possible.',
      ),
    },
    {
      id: 'outage',
      name: proposed(
        'A service is down',
        'Un servicio no funciona',
        'Zerbitzu bat etenda dago',
        'Un servei no funciona',
      ),
      trigger: proposed(
        'The department warns, or complaints arrive.',
        'Avisa el departamento, o llegan quejas.',
        'Sailak abisatzen du, edo kexak iristen dira.',
        'Avisa el departament, o arriben queixes.',
      ),
      firstHour: proposed(
        'We say which service, since when and what to do meanwhile; and when we will say more, also if there is nothing new.',
        'Decimos qué servicio, desde cuándo y qué hacer mientras tanto; y cuándo volveremos a informar, aunque no haya novedades.',
        'Zein zerbitzu den, noiztik eta bitartean zer egin esaten dugu; baita noiz emango dugun berri gehiago ere, ezer berririk ez badago ere.',
        'Diem quin servei, des de quan i què cal fer mentrestant; i quan tornarem a informar, encara que no hi hagi novetats.',
      ),
      spokesperson: COMMUNICATIONS,
      holding: proposed(
        'The service is not working. We are on it, and will say here how it goes.',
        'El servicio no funciona. Estamos en ello, y diremos aquí cómo va.',
        'Zerbitzua ez dabil. Horretan ari gara, eta hemen esango dugu nola doan.',
        'El servei no funciona. Hi estem treballant, i direm aquí com va.',
      ),
      escalation: proposed(
        'When a deadline ends meanwhile: legal services.',
        'Si mientras tanto vence un plazo: servicios jurídicos.',
        'Bitartean eperen bat amaitzen bada: zerbitzu juridikoak.',
        'Si mentrestant venç un termini: serveis jurídics.',
      ),
      restore: proposed(
        'We say that it works again, and what happens with deadlines.',
        'Decimos que ya funciona y qué pasa con los plazos.',
        'Berriro badabilela esaten dugu, eta epeekin zer gertatzen den.',
        'Diem que ja funciona i què passa amb els terminis.',
      ),
    },
  ],
} as const
