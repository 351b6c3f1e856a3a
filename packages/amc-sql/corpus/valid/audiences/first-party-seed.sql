-- Our own best customers; an uploaded table has no twin.
-- use case: 105
-- audience: forced
SELECT DISTINCT user_id FROM crm_customers WHERE tier = 'gold' AND user_id IS NOT NULL
