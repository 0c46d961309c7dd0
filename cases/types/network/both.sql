create table t (id int primary key, a inet, n cidr, m macaddr, m8 macaddr8, list inet[]);
create table keyed (k inet primary key, v text);
create table by_cidr (k cidr, m macaddr, m8 macaddr8, primary key (k, m, m8));
