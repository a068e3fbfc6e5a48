/** The three requirements [SEED L155–159; the Spanish is the seed's own], the promise and the steps of moderation. */
import { proposed } from './proposed.ts'

const MANAGER = proposed(
  'Whoever looks after the profile',
  'Quien cuida el perfil',
  'Profila zaintzen duena',
  'Qui té cura del perfil',
)
const COORDINATION = proposed('Coordination', 'Coordinación', 'Koordinazioa', 'Coordinació')
const TWO = proposed(
  'Two people: coordination and the responsible person',
  'Dos personas: coordinación y la persona responsable',
  'Bi lagunek: koordinazioak eta arduradunak',
  'Dues persones: coordinació i la persona responsable',
)

export const participation = {
  pertinent: proposed(
    'That they are pertinent: that they do not stray from the subject.',
    'Que sean pertinentes: que no se alejen del tema tratado.',
    'Egokiak izatea: ez daitezela aztertzen ari den gaitik urrundu.',
    'Que siguin pertinents: que no s’allunyin del tema tractat.',
  ),
  respectful: proposed(
    'That they keep respect, and neither offend nor harm the dignity of other people.',
    'Que mantengan el respeto y no ofendan ni atenten contra la dignidad de otras personas.',
    'Errespetua gordetzea: ez dezatela inor iraindu, ezta beste pertsonen duintasunari kalterik egin ere.',
    'Que mantinguin el respecte i no ofenguin ni atemptin contra la dignitat d’altres persones.',
  ),
  noPersonalData: proposed(
    'That they contain neither personal data nor advertising.',
    'Que no contengan datos de carácter personal ni información publicitaria.',
    'Datu pertsonalik eta publizitaterik ez izatea.',
    'Que no continguin dades de caràcter personal ni informació publicitària.',
  ),
  commitment: proposed(
    'Whatever keeps the three requirements is published or answered, criticism included. We answer in the language we are written in, and if we do not know, we say so and look for who does.',
    'Publicamos o respondemos todo lo que cumple los tres requisitos, también las críticas. Respondemos en la lengua en la que nos escriben y, si no lo sabemos, lo decimos y buscamos a quien lo sepa.',
    'Hiru baldintzak betetzen dituen guztia argitaratzen edo erantzuten dugu, kritikak ere bai. Idazten diguten hizkuntzan erantzuten dugu eta, ez badakigu, hala esaten dugu eta dakienari galdetzen diogu.',
    'Publiquem o responem tot el que compleix els tres requisits, també les crítiques. Responem en la llengua en què ens escriuen i, si no ho sabem, ho diem i busquem qui ho sàpiga.',
  ),
  ladder: [
    {
      id: 'answer',
      step: 'answer',
      when: proposed(
        'Always first: criticism, doubts and mistakes are answered.',
        'Siempre lo primero: las críticas, las dudas y los errores se responden.',
        'Beti lehenengoa: kritikei, zalantzei eta akatsei erantzun egiten zaie.',
        'Sempre el primer: les crítiques, els dubtes i els errors es responen.',
      ),
      who: MANAGER,
    },
    {
      id: 'warn',
      step: 'warn',
      when: proposed(
        'A requirement is not kept for the first time; we say which.',
        'No se cumple un requisito por primera vez; decimos cuál.',
        'Baldintza bat lehen aldiz betetzen ez denean; zein den esaten dugu.',
        'No es compleix un requisit per primera vegada; diem quin.',
      ),
      who: MANAGER,
    },
    {
      id: 'hide',
      step: 'hide',
      when: proposed(
        'Personal data or advertising, or it goes on after the warning.',
        'Hay datos personales o publicidad, o continúa después del aviso.',
        'Datu pertsonalak edo publizitatea dagoenean, edo abisuaren ondoren jarraitzen duenean.',
        'Hi ha dades personals o publicitat, o continua després de l’avís.',
      ),
      who: MANAGER,
    },
    {
      id: 'delete',
      step: 'delete',
      when: proposed(
        'Offence or harm to the dignity of somebody; a copy and the reason are kept.',
        'Se ofende o se atenta contra la dignidad de alguien; se guardan una copia y el motivo.',
        'Norbait iraintzen denean edo haren duintasunari kalte egiten zaionean; kopia eta arrazoia gordetzen dira.',
        'S’ofèn o s’atempta contra la dignitat d’algú; se’n guarden una còpia i el motiu.',
      ),
      who: COORDINATION,
    },
    {
      id: 'block',
      step: 'block',
      when: proposed(
        'It is repeated after all the steps before; reviewed within seven days.',
        'Se repite después de todos los pasos anteriores; se revisa en siete días.',
        'Aurreko urrats guztien ondoren errepikatzen denean; zazpi eguneko epean berrikusten da.',
        'Es repeteix després de tots els passos anteriors; es revisa en set dies.',
      ),
      who: TWO,
    },
    {
      id: 'report',
      step: 'report',
      when: proposed(
        'It may be a crime, or somebody is in danger.',
        'Puede ser un delito, o hay alguien en peligro.',
        'Delitua izan daitekeenean, edo norbait arriskuan dagoenean.',
        'Pot ser un delicte, o hi ha algú en perill.',
      ),
      who: TWO,
    },
  ],
} as const
