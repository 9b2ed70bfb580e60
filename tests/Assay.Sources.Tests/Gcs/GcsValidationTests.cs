using System.Security.Cryptography;
using System.Text.Json;
using Assay.Sources.Tests.Files;

namespace Assay.Sources.Tests.Gcs;

public class GcsValidationTests
{
    private static readonly string Pem = RSA.Create(2048).ExportPkcs8PrivateKeyPem();
    private readonly FileSource gcs = new("gcs");

    private static string Key(string type = "service_account", string? email = "a@b", string? pem = null, string? token = null) =>
        JsonSerializer.Serialize(new { type, client_email = email, private_key = pem ?? Pem, token_uri = token });

    private string[] Problems(string? secret, string? accessKey = null, object? parameters = null, string uri = "gs://acme-lake/raw") =>
        gcs.Problems(gcs.Settings(uri, accessKey, secret, parameters));

    [Fact]
    public void Validate_ServiceAccountAndHmac_AreFine()
    {
        Problems(Key()).ShouldBeEmpty();
        Problems(Key(token: "https://oauth2.googleapis.com/token")).ShouldBeEmpty();
        Problems("hmac-secret", "GOOG1EXAMPLE").ShouldBeEmpty();
        Problems("hmac-secret", "GOOG1EXAMPLE", new { authentication_type = "HMAC" }).ShouldBeEmpty();
    }

    [Fact]
    public void Validate_WhatIsNoServiceAccountKey_IsNamed()
    {
        Problems(null).ShouldBe(["secret_key missing"]);
        Problems("not json").ShouldBe(["secret_key value_error"]);
        Problems("[]").ShouldBe(["secret_key value_error"]);
        Problems(Key(type: "external_account")).ShouldBe(["secret_key value_error"]);
        Problems(Key(email: null)).ShouldBe(["secret_key value_error"]);
        Problems(Key(pem: "-----BEGIN NOTHING-----")).ShouldBe(["secret_key value_error"]);
        Problems(Key(token: "http://169.254.169.254/token")).ShouldBe(["secret_key value_error"]);
        Problems(Key(token: "https://evil.example.com/googleapis.com")).ShouldBe(["secret_key value_error"]);
    }

    [Fact]
    public void Validate_ContradictionsAndUnknowns_AreNamed()
    {
        Problems(Key(), uri: "s3://acme").ShouldBe(["uri value_error"]);
        Problems(Key(), uri: "gs://ACME").ShouldBe(["uri value_error"]);
        Problems(Key(), "GOOG1", new { authentication_type = "SERVICE_ACCOUNT" }).ShouldBe(["access_key value_error"]);
        Problems(null, parameters: new { authentication_type = "HMAC" }).ShouldBe(["access_key missing", "secret_key missing"]);
        Problems(Key(), parameters: new { authentication_type = "ADC" }).ShouldBe(["parameters.authentication_type value_error"]);
        Problems(Key(), parameters: new { project = "x" }).ShouldBe(["parameters.project extra_forbidden"]);
    }

    [Fact]
    public void Validate_BrokenKey_DoesNotRepeatItInTheMessage()
    {
        var settings = gcs.Settings("gs://acme", null, Key(token: "https://evil.example.com/"));
        gcs.Connector.Validate(settings).ShouldAllBe(p => !p.Message.Contains("PRIVATE KEY") && !p.Message.Contains(Pem.Substring(40, 30)));
    }
}
