insert into price values (1, '5 €'), (2, 'Šœur Žÿ Ÿ'), (3, 'é');
insert into keyed values ('€', 1), ('Œ', 2), ('ž', 3), ('Ÿ', 4), ('e', 5);
