create extension isn;
create table t (id int primary key, b isbn, b13 isbn13, e ean13, m ismn, s issn, u upc);
create table keyed (k isbn13 primary key, v int);
select isn_weak(true);
