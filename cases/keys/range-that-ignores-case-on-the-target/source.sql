create type span as range (subtype = text, collation = "C");
create table t (k span primary key, v text);
insert into t values ('[a,b)', 'x'), ('[A,B)', 'y');
create table o (k int, s span, v text, primary key (k, s));
insert into o values (1, '[a,b)', 'x'), (1, '[A,B)', 'y');
