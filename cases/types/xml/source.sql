insert into plain (id, v) values
       (1, '<a x="1">&amp;<![CDATA[<b>]]></a>'),
       (2, ''),
       (3, 'text <b/> only'),
       (4, xmlparse(document '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY e "x">]><d>y</d>')),
       (5, E' \n<p> </p>\n');
insert into stamped (id, v) select id, v from plain;
