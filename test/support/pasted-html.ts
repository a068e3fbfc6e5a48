/** HTML as programs put it into the clipboard: shortened, with everything in it that is theirs and no text. */

export const WORD = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=Generator content="Microsoft Word 15"><link rel=File-List href="file:///C:/Users/ane/clip_filelist.xml">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} @import url(http://elsewhere.example/a.css); --></style></head>
<body lang=ES style='tab-interval:35.4pt'>
<!--StartFragment-->
<h1 style='mso-list:l2 level1 lfo3'><![if !supportLists]><span style='mso-list:Ignore'>1.<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Participaci&oacute;n<o:p></o:p></h1>
<p class=MsoNormal>Las redes son <b style='mso-bidi-font-weight:normal'>de
todos</b> y <i>de <st1:PersonName w:st="on">nadie</st1:PersonName></i>; v&eacute;ase <a href="https://www.haranberri.example/normas">la
web</a>, <a href="javascript:alert(1)">esto no</a> ni <a href="file:///C:/plan.docx">esto</a>.<span style='mso-tab-count:1'>      </span>Fin<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1"><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a>.<o:p></o:p></p>
<p class=MsoNormal><del cite="mailto:Ane" datetime="2026-01-01T10:00">Esto se quita.</del><ins cite="mailto:Ane">Esto queda.</ins></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>Pertinencia<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>Sin salirse del tema<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Respeto<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1)<span>&nbsp; </span></span><![endif]>Avisar<o:p></o:p></p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape id="i"><v:imagedata src="file:///C:/a.png"/></v:shape><![endif]--><![if !vml]><img width=300 height=200 src="http://elsewhere.example/pixel.png" v:shapes="i"><![endif]><o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal><b>Red</b><o:p></o:p></p></td><td><p class=MsoNormal>Cuenta</p></td></tr>
<tr><td><p class=MsoNormal>Mastodon</p></td><td><table><tr><td>@udala</td><td>eu</td></tr></table></td></tr></table>
<p class=MsoNormal style='mso-hide:all;display:none'>Oculto</p>
<script>alert(1)</script><iframe src="http://elsewhere.example/"></iframe><svg onload="alert(1)"><text>dibujo</text></svg>
<p class=MsoNormal onclick="alert(1)">Fin.<a class=MsoCommentReference href="#_msocom_1">[AB1]</a><o:p></o:p></p>
<!--EndFragment-->
<div style='mso-element:footnote-list'><![if !supportFootnotes]><br clear=all><hr align=left size=1 width="33%"><![endif]>
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1"><span class=MsoFootnoteReference>[1]</span></a> Ordenanza de 2020.<o:p></o:p></p></div></div>
<div style='mso-element:comment-list'><div style='mso-element:comment'><div id="_com_1"><p class=MsoCommentText>Revisar</p></div></div></div>
</body></html>`

export const WRITER = `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><style type="text/css">p { margin-bottom: 0.25cm }</style></head>
<body lang="eu-ES" dir="ltr"><h2 class="western">Tonua</h2>
<p style="line-height: 115%; margin-bottom: 0.25cm"><font face="Liberation Serif, serif">Hurbila, <b>baina</b> zuzena</font><sup><a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a></sup>.</p>
<ol><li><p>Zuka</p></li><li><p>Argi</p><ul><li><p>Esaldi laburrak</p></li></ul></li></ol>
<div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Ikus estilo-gida.</p></div></body></html>`

export const GOOGLE_DOCS = `<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h2 dir="ltr"><span style="font-weight:400;">Públicos</span></h2><p dir="ltr"><span style="font-weight:400;">Gente </span><span style="font-weight:700;">joven</span><span style="font-style:italic;"> y mayor</span></p><ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>Uno</span></p></li><ul><li dir="ltr" aria-level="2"><p role="presentation"><span>Dos</span></p></li></ul></ul></b><br class="Apple-interchange-newline">`

export const OUTLOOK = `<html><body><div style="display:none;max-height:0">Vista previa</div><table role="presentation" width="100%"><tr><td><table><tr><td><div>Kaixo <img src="http://elsewhere.example/smile.png" alt="🙂">,</div><div>bidaltzen dizut <a href="mailto:ane@haranberri.example">Ane</a>ren testua.</div></td></tr></table></td></tr></table><img src="http://elsewhere.example/open.gif" width="1" height="1"></body></html>`

export const RIGHT_TO_LEFT = `<p dir="rtl">مرحبا بكم في البلدية</p><p>Ongi etorri</p>`
