using AuthServer.Core.Model;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Keys;

internal static class SigningKeyEndpoints
{
    public static void MapSigningKeys(this RouteGroupBuilder api)
    {
        api.MapGet("/keys/signing", ListAsync).RequireScope("read:signing_keys");
        api.MapGet("/keys/signing/{kid}", GetAsync).RequireScope("read:signing_keys");
        api.MapPost("/keys/signing/rotate", RotateAsync).RequireScope("create:signing_keys", "update:signing_keys");
        api.MapPut("/keys/signing/{kid}/revoke", RevokeAsync).RequireScope("update:signing_keys");
    }

    private static async Task<IResult> ListAsync(HttpContext http, SigningKeyService keys, CancellationToken ct) =>
        TypedResults.Ok(await keys.ListAsync(Query.Text(http, "alg") ?? Algorithms.Rs256, ct));

    private static async Task<IResult> GetAsync(string kid, SigningKeyService keys, CancellationToken ct) =>
        TypedResults.Ok(await keys.GetAsync(kid, ct));

    private static async Task<IResult> RotateAsync(SigningKeyService keys, CancellationToken ct) =>
        ManagementResults.Created(await keys.RotateAsync(ct));

    private static async Task<IResult> RevokeAsync(string kid, SigningKeyService keys, CancellationToken ct) =>
        TypedResults.Ok(await keys.RevokeAsync(kid, ct));
}
