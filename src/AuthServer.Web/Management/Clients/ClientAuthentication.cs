using System.Text.Json;
using AuthServer.Core;
using AuthServer.Core.Clients;
using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Clients;

/// <summary>
/// How a client proves who it is: the members that go together with <c>token_endpoint_auth_method</c>.
/// </summary>
internal static class ClientAuthentication
{
    private const int MinSecretLength = 32;
    private const int MaxSecretLength = 256;

    /// <summary>What a new client's body asks for; null when it does not say.</summary>
    public static string? MethodOf(JsonBody body) =>
        body.Text("token_endpoint_auth_method")
        ?? (
            body.Root.TryGetProperty("client_authentication_methods", out var methods)
            && methods.ValueKind == JsonValueKind.Object
                ? TokenEndpointAuthMethods.PrivateKeyJwt
                : null);

    /// <summary>
    /// Takes <c>client_authentication_methods</c> over: new keys at a client's creation, the ids of known ones later.
    /// </summary>
    public static ValidationError? ReadMethods(JsonBody body, Client client, Change change, DateTimeOffset now)
    {
        const string member = "client_authentication_methods";
        if (!body.Root.TryGetProperty(member, out var methods))
            return null;
        if (methods.ValueKind == JsonValueKind.Null)
        {
            if (client.TokenEndpointAuthMethod == TokenEndpointAuthMethods.PrivateKeyJwt
                && body.Text("token_endpoint_auth_method") is null)
                client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.ClientSecretPost;
            return null;
        }

        if (methods.EnumerateObject().Select(method => method.Name).FirstOrDefault(name => name != "private_key_jwt") is
            { } other)
            return new ValidationError($"{other} is not supported; use private_key_jwt", member);
        if (!methods.TryGetProperty("private_key_jwt", out var keys)
            || keys.ValueKind != JsonValueKind.Object
            || !keys.TryGetProperty("credentials", out var credentials)
            || JsonValidators.Array(credentials) is not null)
            return new ValidationError("Expected private_key_jwt.credentials", member);
        if (change == Change.Create && credentials.GetArrayLength() == 0)
            return new ValidationError("Expected at least one credential", member + ".private_key_jwt.credentials");

        client.TokenEndpointAuthMethod = TokenEndpointAuthMethods.PrivateKeyJwt;
        return (change == Change.Create ? AddKeys(credentials, client, now) : ChooseKeys(credentials, client))
            ?.Under("private_key_jwt.credentials").Under(member);
    }

    /// <summary>
    /// Gives a client a secret when its method needs one. A client that leaves such a method keeps its secret, which is
    /// not accepted meanwhile (<see cref="Client.HasSecret"/>).
    /// </summary>
    public static ValidationError? SettleSecret(JsonBody body, Client client, ISecretBox box)
    {
        var given = body.Text("client_secret");
        if (client.TokenEndpointAuthMethod
            is not (TokenEndpointAuthMethods.ClientSecretPost or TokenEndpointAuthMethods.ClientSecretBasic))
        {
            return given is null
                ? null
                : new ValidationError(
                    $"A client with {client.TokenEndpointAuthMethod} uses no secret", "client_secret");
        }

        if (given is not null
            && (given.Length is < MinSecretLength or > MaxSecretLength
                || given.Any(character => character is <= ' ' or > '~')))
            return new ValidationError(
                $"Expected {MinSecretLength} to {MaxSecretLength} printable ASCII characters without spaces",
                "client_secret");
        if (given is not null || client.SecretHash is null)
            ClientSecrets.Set(client, given is null ? ClientSecrets.New() : new Secret(given), box);
        return null;
    }

    private static ValidationError? AddKeys(JsonElement credentials, Client client, DateTimeOffset now)
    {
        foreach (var element in credentials.EnumerateArray())
        {
            if (JsonValidators.Object(element) is { } mistyped)
                return mistyped;
            if (ClientCredentialModel.Read(element, client.ClientId, now, out var credential) is { } problem)
                return problem;
            if (client.Credentials.Exists(known => known.KeyId == credential!.KeyId))
                return "The same key twice";
            client.Credentials.Add(credential!);
        }

        return null;
    }

    /// <summary>
    /// Only the keys that are named authenticate the client from now on. The others are kept, so that a rotation can be
    /// taken back; an empty list leaves a client that can't authenticate by its credentials.
    /// </summary>
    private static ValidationError? ChooseKeys(JsonElement credentials, Client client)
    {
        var named = credentials.EnumerateArray()
            .Select(element => JsonValidators.Object(element) is null ? JsonText.Of(element, "id") : null)
            .ToHashSet(StringComparer.Ordinal);
        if (!named.IsSubsetOf(client.Credentials.Select(credential => credential.Id)))
            return new ValidationError("Expected ids of credentials of this client");
        foreach (var credential in client.Credentials)
            credential.Authenticates = named.Contains(credential.Id);
        return null;
    }
}
