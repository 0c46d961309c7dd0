insert into stamped values (2, '5 €', now());
insert into fine values (2, 'ß');
