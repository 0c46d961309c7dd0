insert into plain (id, v) values
       (1, 'strict $."a b"[*] ? (@.x > 1.50 && exists (@.y)).size()'),
       (2, '$'),
       (3, 'lax $[last].double()'),
       (4, '$.* ? (@ like_regex "^\\d+$" flag "i")');
insert into stamped (id, v) select id, v from plain;
