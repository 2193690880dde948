using System.Text.Json.Nodes;
using AuthServer.Core.Jose;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Keys;

internal static class SigningKeyEndpoints
{
    private static readonly ManagementError Missing = ManagementError.NotFound(
        "The signing key does not exist", "inexistent_signing_key");

    public static void MapSigningKeys(this RouteGroupBuilder api)
    {
        api.MapGet("/keys/signing", ListAsync).RequireScope("read:signing_keys");
        api.MapGet("/keys/signing/{kid}", GetAsync).RequireScope("read:signing_keys");
        api.MapPost("/keys/signing/rotate", RotateAsync).RequireScope("create:signing_keys", "update:signing_keys");
        api.MapPut("/keys/signing/{kid}/revoke", RevokeAsync).RequireScope("update:signing_keys");
    }

    /// <summary>
    /// Of one algorithm at a time, because Auth0's list has one current key: RS256's, unless <c>alg</c> asks for
    /// another's.
    /// </summary>
    private static async Task<IResult> ListAsync(HttpContext http, IKeyStore keys, CancellationToken ct)
    {
        var algorithm = Query.Text(http, "alg") ?? Algorithms.Rs256;
        if (!Algorithms.Signing.Contains(algorithm, StringComparer.Ordinal))
            return ManagementError.InvalidQuery(
                $"Expected one of {string.Join(", ", Algorithms.Signing)} on property alg");
        return Results.Json(
            new JsonArray([
                .. (await keys.ListAsync(ct)).Where(key => key.Algorithm == algorithm).Select(SigningKeyModel.Write),
            ]));
    }

    private static async Task<IResult> GetAsync(string kid, IKeyStore keys, CancellationToken ct) =>
        (await keys.ListAsync(ct)).FirstOrDefault(key => key.Kid == kid) is { } key
            ? Results.Json(SigningKeyModel.Write(key))
            : Missing;

    private static async Task<IResult> RotateAsync(IKeyStore keys, TimeProvider time, CancellationToken ct)
    {
        var current = await keys.RotateAsync(time.GetUtcNow(), ct);
        return Results.Json(SigningKeyModel.Short(current), statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> RevokeAsync(string kid, IKeyStore keys, TimeProvider time, CancellationToken ct)
    {
        var revoked = await keys.RevokeAsync(kid, time.GetUtcNow(), ct);
        return revoked is null ? Missing : Results.Json(SigningKeyModel.Short(revoked));
    }
}
