insert into t values (1, 'Word', 'LOUD', 'a.b', 'a=>1,b=>NULL'), (2, null, null, null, null);
insert into keyed values ('One', 1), ('tWo', 2), ('three', 3);
insert into by_path values ('a.b', 'X', 1), ('a', 'x', 2);
