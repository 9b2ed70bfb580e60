import requests

BASE_URL = "https://your-instance.qualytics.io/api"
TOKEN = "YOUR_TOKEN"

HEADERS = {
    "Authorization": f"Bearer {TOKEN}",
    "Content-Type": "application/json",
}

CONNECTION_ID = 7
DATABASE = "production_db"
NAME_TEMPLATE = "prod_{{ schema }}"
TEAMS = ["Data Platform"]
ENRICHMENT_ID = 42

# Step 1: Discover available schemas
resp = requests.get(
    f"{BASE_URL}/connections/{CONNECTION_ID}/schemas",
    headers=HEADERS,
    params={"catalog": DATABASE},
)
resp.raise_for_status()
discovered = resp.json()

# Filter out schemas that already have datastores
new_schemas = [
    s["name"] for s in discovered
    if len(s["existing_datastores"]) == 0
]
print(f"Found {len(new_schemas)} new schemas: {new_schemas}")

if not new_schemas:
    print("No new schemas to onboard.")
    exit()

# Step 2: Validate connectivity
resp = requests.post(
    f"{BASE_URL}/connections/{CONNECTION_ID}/datastores/validate",
    headers=HEADERS,
    json={
        "database": DATABASE,
        "schemas": new_schemas,
    },
)
resp.raise_for_status()
validation = resp.json()

failed = [r for r in validation["results"] if r["status"] == "failure"]
if failed:
    print(f"Warning: {len(failed)} schemas failed validation:")
    for f in failed:
        print(f" - {f['schema_name']}: {f.get('message', 'Unknown error')}")

valid_schemas = [
    r["schema_name"] for r in validation["results"]
    if r["status"] == "success"
]
print(f"Proceeding with {len(valid_schemas)} valid schemas.")

# Step 3: Bulk create datastores
resp = requests.post(
    f"{BASE_URL}/connections/{CONNECTION_ID}/datastores/bulk",
    headers=HEADERS,
    json={
        "database": DATABASE,
        "schemas": valid_schemas,
        "name_template": NAME_TEMPLATE,
        "teams": TEAMS,
        "trigger_catalog": True,
        "enrichment_datastore_id": ENRICHMENT_ID,
    },
)
resp.raise_for_status()
result = resp.json()

print(f"Created {len(result['created'])} datastores: {result['created']}")
if result["errors"]:
    print(f"Errors: {result['errors']}")
