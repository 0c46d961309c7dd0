insert into t values (1, 'Abc', '{A,b}'), (2, '', null);
insert into keyed values ('Alice', 'a'), ('BOB', 'b'), ('Straße', 's');
insert into pair values ('A', 1, 'x'), ('b', 1, 'Y');
