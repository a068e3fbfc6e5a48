/** The leaflet for staff, one block a statement of the seed [SEED L128–147], in words of our own. */
import { proposed } from './proposed.ts'

export const staffGuidance = {
  enjoy: proposed(
    'Networks open many doors, and those of us who work here may enjoy them, with good sense. We are part of the institution, so what follows can also help on a personal profile.',
    'Las redes abren muchas puertas, y quienes trabajamos aquí podemos disfrutarlas con sensatez. Formamos parte de la institución, así que lo que sigue puede ayudar también en un perfil personal.',
    'Sareek ate asko irekitzen dituzte, eta hemen lan egiten dugunok zentzuz goza ditzakegu. Erakundeko kide garenez, ondorengoa lagungarria izan daiteke profil pertsonaletan ere.',
    'Les xarxes obren moltes portes, i qui treballem aquí en podem gaudir amb seny. Formem part de la institució, així que el que segueix pot ajudar també en un perfil personal.',
  ),
  opinions: proposed(
    'What somebody says on a profile of their own is theirs alone. Nobody may take it for the voice of the institution, nor hold it against the institution.',
    'Lo que cada cual dice en su propio perfil es solo suyo. Nadie puede tomarlo por la voz de la institución ni atribuírselo a ella.',
    'Norberak bere profilean esaten duena berea da soilik. Inork ezin du erakundearen ahotstzat hartu, ezta erakundeari egotzi ere.',
    'El que cadascú diu al seu propi perfil és només seu. Ningú no ho pot prendre per la veu de la institució ni atribuir-l’hi.',
  ),
  freedom: proposed(
    'Everybody who works here has the right to freely express what they think, about any matter; nothing in this leaflet limits that right.',
    'Todas las personas que trabajan aquí tienen derecho a expresar libremente lo que piensan sobre cualquier asunto; nada de esta hoja limita ese derecho.',
    'Hemen lan egiten duten guztiek eskubidea dute edozein gairi buruz pentsatzen dutena askatasunez adierazteko; orri honetako ezerk ez du eskubide hori mugatzen.',
    'Totes les persones que treballen aquí tenen dret a expressar lliurement el que pensen sobre qualsevol afer; res d’aquest full no limita aquest dret.',
  ),
  publicEmployee: proposed(
    'Whoever wants to say that they work for the public may do so; whoever prefers not to, need not.',
    'Quien quiera decir que trabaja en el sector público puede decirlo; quien prefiera callarlo también.',
    'Sektore publikoan lan egiten duela esan nahi duenak esan dezake; isildu nahi duenak ere bai.',
    'Qui vulgui dir que treballa al sector públic ho pot dir; qui prefereixi no dir-ho, també.',
  ),
  ownMailbox: proposed(
    'For personal accounts it is better to use a personal mailbox. The address of work may be misread, or used for what nobody wanted.',
    'Para las cuentas personales conviene usar un correo personal. La dirección del trabajo puede interpretarse mal o usarse para lo que nadie quería.',
    'Kontu pertsonaletarako hobe da posta pertsonala erabiltzea. Laneko helbidea gaizki uler daiteke, edo inork nahi ez zuen zerbaitetarako erabil daiteke.',
    'Per als comptes personals convé fer servir un correu personal. L’adreça de la feina es pot interpretar malament o fer servir per al que ningú no volia.',
  ),
  reputation: proposed(
    'We recommend keeping away from actions and campaigns that may damage the name of the institution or of the services it gives. It is a recommendation, and no more.',
    'Recomendamos mantenerse al margen de acciones y campañas que puedan dañar el nombre de la institución o de los servicios que presta. Es una recomendación, y nada más.',
    'Erakundearen edo ematen dituen zerbitzuen izen ona kaltetu dezaketen ekintza eta kanpainetatik kanpo geratzea gomendatzen dugu. Gomendioa da, besterik ez.',
    'Recomanem mantenir-se al marge d’accions i campanyes que puguin malmetre el nom de la institució o dels serveis que presta. És una recomanació, i res més.',
  ),
  lawful: proposed(
    'We recommend going by an open face and within the law: what is not ours is not ours on a network either.',
    'Recomendamos actuar a cara descubierta y dentro de la ley: lo que no es nuestro tampoco lo es en una red.',
    'Gardentasunez eta legearen barruan jokatzea gomendatzen dugu: gurea ez dena ez da gurea sarean ere.',
    'Recomanem actuar a cara descoberta i dins la llei: el que no és nostre tampoc no ho és en una xarxa.',
  ),
  language: proposed(
    'When what we write has to do with our work, we remember that those who serve the public help the language of the territory to be used every day.',
    'Cuando lo que escribimos tiene que ver con nuestro trabajo, recordamos que el personal público ayuda a que la lengua propia del territorio se use cada día.',
    'Idazten duguna gure lanarekin lotuta dagoenean, gogoan dugu langile publikoek lagundu egiten dutela bertako hizkuntza egunerokoan erabiltzen.',
    'Quan el que escrivim té a veure amb la nostra feina, recordem que el personal públic ajuda que la llengua pròpia del territori es faci servir cada dia.',
  ),
  respect: proposed(
    'Disagreeing is fine; despising or offending is not. What would not be said to somebody’s face is better not written.',
    'Discrepar está bien; despreciar u ofender, no. Lo que no se diría a la cara es mejor no escribirlo.',
    'Ados ez egotea ondo dago; mesprezatzea edo iraintzea ez. Aurrez aurre esango ez litzatekeena hobe da ez idaztea.',
    'Discrepar està bé; menysprear o ofendre, no. El que no es diria a la cara és millor no escriure-ho.',
  ),
  workingHours: proposed(
    'In working hours, let it be for a better service. And let us remember: what is put on a network stays there, for anybody to see.',
    'En horas de trabajo, que sea para dar mejor servicio. Y recordemos: lo que se pone en una red se queda allí, a la vista de cualquiera.',
    'Lanorduetan, zerbitzu hobea emateko izan dadila. Eta gogoan izan dezagun: sarean jartzen dena han geratzen da, edonoren begi-bistan.',
    'En hores de feina, que sigui per donar millor servei. I recordem-ho: el que es posa en una xarxa s’hi queda, a la vista de qualsevol.',
  ),
} as const
