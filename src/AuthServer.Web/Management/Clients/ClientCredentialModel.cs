using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Jwt;
using AuthServer.Core.Model;
using AuthServer.Web.Formats;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// A client's public key on the wire. The entity takes its parts at once, so that a draft stands in while they are
/// read.
/// </summary>
internal static class ClientCredentialModel
{
    private static readonly ResourceSchema<Draft> Sent = new ResourceSchema<Draft>()
        .Text("credential_type", d => d.Type, (d, v) => d.Type = v, JsonValidators.OneOf("public_key"))
        .OptionalText("name", d => d.Name, (d, v) => d.Name = v, JsonValidators.TextUpTo(128))
        .OptionalText("pem", d => d.Pem, (d, v) => d.Pem = v, JsonValidators.TextUpTo(16_384))
        .Text(
            "alg",
            d => d.Algorithm,
            (d, v) => d.Algorithm = v,
            JsonValidators.OneOf([.. Algorithms.Verified]),
            reset: Algorithms.Rs256)
        .OptionalText("kid", d => d.KeyId, (d, v) => d.KeyId = v, JsonValidators.TextUpTo(64))
        .OptionalText("expires_at", d => d.ExpiresAt, (d, v) => d.ExpiresAt = v)
        .Flag("parse_expiry_from_cert", d => d.ParseExpiry, (d, v) => d.ParseExpiry = v);

    public static ResourceSchema<ClientCredential> Wire { get; } = new ResourceSchema<ClientCredential>()
        .Shown("id", c => c.Id)
        .Shown("credential_type", _ => "public_key")
        .Shown("name", c => c.Name)
        .Shown("kid", c => c.KeyId)
        .Shown("alg", c => c.Algorithm)
        .With(new("expires_at", c => c.ExpiresAt?.Iso(), ReadExpiry))
        .Shown("created_at", c => c.CreatedAt.Iso())
        .Shown("updated_at", c => c.UpdatedAt.Iso());

    public static ValidationError? Read(
        JsonElement sent, string clientId, DateTimeOffset now, out ClientCredential? credential)
    {
        credential = null;
        var draft = new Draft();
        if (Sent.Apply(sent, draft, Change.Create) is { } malformed)
            return malformed;
        if (draft.Type.Length == 0 || draft.Pem is null)
            return ValidationError.Missing(draft.Type.Length == 0 ? "credential_type" : "pem");
        if (X509PublicKeys.FromPem(draft.Pem, draft.Algorithm) is not { } key)
            return new ValidationError(
                $"Expected a public key or certificate in PEM for {draft.Algorithm}: RSA of at least 2048 bits, or "
                    + "P-256",
                "pem");

        var expires = Instants.Read(draft.ExpiresAt);
        if (draft.ExpiresAt is not null && expires is null)
            return new ValidationError("Expected a date and time", "expires_at");
        if (draft.ParseExpiry)
            expires = CertificateExpiry.Of(draft.Pem);
        if (expires <= now)
            return new ValidationError("Is in the past", "expires_at");

        credential = new ClientCredential
        {
            Id = "cred_" + OpaqueToken.Alphanumeric(22),
            ClientId = clientId,
            Name = draft.Name,
            KeyId = draft.KeyId ?? PublicKeys.ThumbprintOf(key),
            Algorithm = draft.Algorithm,
            Jwk = PublicKeys.Write(key),
            ExpiresAt = expires,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return null;
    }

    private static ValidationError? ReadExpiry(ClientCredential credential, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Null
            && (JsonValidators.Text(value) is not null || Instants.Read(value.GetString()) is null))
            return "Expected a date and time";
        credential.ExpiresAt = value.ValueKind == JsonValueKind.Null ? null : Instants.Read(value.GetString());
        return null;
    }

    private sealed class Draft
    {
        public string Type { get; set; } = "";
        public string? Name { get; set; }
        public string? Pem { get; set; }
        public string Algorithm { get; set; } = Algorithms.Rs256;
        public string? KeyId { get; set; }
        public string? ExpiresAt { get; set; }
        public bool ParseExpiry { get; set; }
    }
}
