insert into u values (9, 'own');
