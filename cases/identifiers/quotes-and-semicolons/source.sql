insert into "a""b'; drop table x; --" values (1, 'one', 'p', 'd', 'q', 'back\slash'), (2, null, '%', '$1', '?', '\N');
