using System.Text.Json;
using System.Text.Json.Nodes;
using AuthServer.Core.Model;
using AuthServer.Core.Tenants;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.ResourceServers;

/// <summary>The members of an API. Its identifier stands here in its stored form.</summary>
internal static class ResourceServerModel
{
    private const int MaxLifetime = 2_592_000;
    private const int MaxScopes = 1_000;

    private static readonly JsonValidator Dialect = JsonValidators.OneOf(
        TokenDialects.AccessToken, TokenDialects.AccessTokenAuthz, TokenDialects.Rfc9068, TokenDialects.Rfc9068Authz);

    private static readonly ResourceSchema<Draft> Scope = new ResourceSchema<Draft>()
        .Text("value", d => d.Value, (d, v) => d.Value = v)
        .OptionalText("description", d => d.Description, (d, v) => d.Description = v, JsonValidators.TextUpTo(500));

    private static readonly ResourceSchema<ProofDraft> Proof = new ResourceSchema<ProofDraft>()
        .Text("mechanism", d => d.Mechanism, (d, v) => d.Mechanism = v, JsonValidators.OneOf("dpop"))
        .Flag("required", d => d.Required == true, (d, v) => d.Required = v)
        .Text(
            "required_for",
            d => d.RequiredFor,
            (d, v) => d.RequiredFor = v,
            JsonValidators.OneOf("all_clients", "public_clients"),
            reset: "all_clients");

    public static ResourceSchema<ResourceServer> Wire { get; } =
        new ResourceSchema<ResourceServer>()
            .Shown("id", a => a.PublicId)
            .Text("name", a => a.DisplayName, (a, v) => a.DisplayName = v, JsonValidators.TextUpTo(200))
            .AtCreate("identifier", JsonValidators.TextUpTo(600), a => a.Identifier)
            .Shown("is_system", a => a.IsSystem)
            .With(new("scopes", WriteScopes, ReadScopes))
            .Text(
                "signing_alg",
                a => a.SigningAlgorithm,
                (a, v) => a.SigningAlgorithm = v,
                SigningAlgorithm,
                reset: Algorithms.Rs256)
            .Flag("allow_offline_access", a => a.AllowOfflineAccess, (a, v) => a.AllowOfflineAccess = v)
            .Flag(
                "skip_consent_for_verifiable_first_party_clients",
                a => a.SkipConsentForVerifiableFirstPartyClients,
                (a, v) => a.SkipConsentForVerifiableFirstPartyClients = v)
            .Whole("token_lifetime", a => a.TokenLifetime, (a, v) => a.TokenLifetime = v, 1, MaxLifetime, 86_400)
            .Whole(
                "token_lifetime_for_web",
                a => a.TokenLifetimeForWeb,
                (a, v) => a.TokenLifetimeForWeb = v,
                1,
                MaxLifetime,
                7_200)
            .Text(
                "token_dialect",
                a => a.TokenDialect,
                (a, v) => a.TokenDialect = v,
                Dialect,
                reset: TokenDialects.AccessToken)
            .Flag("enforce_policies", a => a.EnforcePolicies, (a, v) => a.EnforcePolicies = v)
            .With(new("proof_of_possession", WriteProof, ReadProof))
            .Unsupported(
                "subject_type_authorization",
                """{"client":{"policy":"require_client_grant"},"user":{"policy":"allow_all"}}""")
            .Absent("allow_online_access", "false")
            .Absent("allow_online_access_with_ephemeral_sessions", "false")
            .Absent("token_lifetime_for_anonymous_access_tokens", "null")
            .Absent("token_encryption", "{}")
            .Absent("consent_policy", "\"\"", "there is no second factor to ask for")
            .Absent("authorization_details", "[]")
            .Absent("authorization_policy", "{}");

    public static JsonObject Write(ResourceServer api, Issuer issuer)
    {
        var json = Wire.Write(api);
        json["identifier"] = issuer.Absolute(api.Identifier);
        return json;
    }

    private static string? SigningAlgorithm(JsonElement value) =>
        JsonValidators.Text(value)
        ?? (
            Algorithms.Signing.Contains(value.GetString(), StringComparer.Ordinal)
                ? null
                : $"{value.GetString()} is not supported; use {string.Join(" or ", Algorithms.Signing)}");

    private static JsonObject? WriteProof(ResourceServer api) =>
        api.ProofOfPossession is not { } proof
            ? null
            : new JsonObject
            {
                ["mechanism"] = "dpop",
                ["required"] = proof.Required,
                ["required_for"] = proof.PublicClientsAlone ? "public_clients" : "all_clients",
            };

    /// <summary>The object is replaced as a whole. mTLS is refused: nothing here would see to it.</summary>
    private static ValidationError? ReadProof(ResourceServer api, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            api.ProofOfPossession = null;
            return null;
        }

        if (JsonValidators.Object(value) is { } mistyped)
            return mistyped;
        var draft = new ProofDraft();
        if (Proof.Apply(value, draft, Change.Create) is { } problem)
            return problem;
        if (draft.Mechanism.Length == 0)
            return ValidationError.Missing("mechanism");
        if (draft.Required is not { } required)
            return ValidationError.Missing("required");
        api.ProofOfPossession = new ProofOfPossession(required, draft.RequiredFor == "public_clients");
        return null;
    }

    private static JsonArray WriteScopes(ResourceServer api) => new([.. api.Scopes.Select(scope =>
    {
        var json = new JsonObject { ["value"] = scope.Value };
        if (scope.Description is not null)
            json["description"] = scope.Description;
        return json;
    })]);

    private static ValidationError? ReadScopes(ResourceServer api, JsonElement value)
    {
        var scopes = new List<ApiScope>();
        if (value.ValueKind != JsonValueKind.Null)
        {
            if (JsonValidators.Objects(value) is { } mistyped)
                return mistyped;
            foreach (var element in value.EnumerateArray())
            {
                var draft = new Draft();
                if (Scope.Apply(element, draft, Change.Create) is { } problem)
                    return problem;
                if (!IsScope(draft.Value))
                    return new ValidationError(
                        "Expected printable ASCII without spaces, quotes and backslashes, at most 280 characters",
                        "value");
                if (scopes.Exists(known => known.Value == draft.Value))
                    return new ValidationError($"The scope {draft.Value} is there twice", "value");
                scopes.Add(new ApiScope(draft.Value, draft.Description));
            }
        }

        if (scopes.Count > MaxScopes)
            return $"At most {MaxScopes} scopes";
        api.Scopes = scopes;
        return null;
    }

    /// <summary>RFC 6749 §3.3, scope-token.</summary>
    private static bool IsScope(string text) =>
        text.Length is > 0 and <= 280 && !text.Any(c => c is <= ' ' or '"' or '\\' or > '~');

    private sealed class ProofDraft
    {
        public string Mechanism { get; set; } = "";
        public bool? Required { get; set; }
        public string RequiredFor { get; set; } = "all_clients";
    }

    private sealed class Draft
    {
        public string Value { get; set; } = "";
        public string? Description { get; set; }
    }
}
