insert into film (title, release_year, rating, special_features, last_update) values
    ('ACADEMY DINOSAUR', 2006, 'PG-13', '{Trailers,"Deleted Scenes"}', '2022-09-10 16:46:03.905795+00'),
    ('ACE GOLDFINGER', null, null, '{}', '2022-09-10 16:46:03.905795+00');
insert into film_actor values (1, 1, '2022-09-10'), (1, 2, '2022-09-10'), (2, 1, '2022-09-10');
insert into staff (username, picture, last_update) values ('Mike', '\x89504e470d0a', '2022-09-10'), ('Jon', null, '2022-09-10');
insert into payment (amount, payment_date) values (1.99, '2022-01-15'), (0.99, '2022-02-15'), (0.99, '2022-02-15');
