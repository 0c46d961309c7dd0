insert into newer values (1, '$.a.bigint()');
insert into older values (1, 'lax $.a.double() + 1.50'), (2, '$.* ? (@ like_regex "^\\d+$" flag "i")');
