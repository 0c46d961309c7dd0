update film set title = 'ACADEMY RELAUNCH', rating = 'NC-17' where film_id = 1;
delete from film_actor where actor_id = 1 and film_id = 2;
update staff set active = false, last_update = now() where staff_id = 2;
insert into payment (amount, payment_date) values (5.00, '2022-01-31 23:59:59.999999+00');
delete from payment where payment_id = 1;
