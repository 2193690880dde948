using System.Net;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Blocks;

internal static class BlockEndpoints
{
    public static void MapBlocks(this RouteGroupBuilder api)
    {
        api.MapGet("/user-blocks", OfIdentifierAsync).RequireScope("read:users");
        api.MapDelete("/user-blocks", LiftOfIdentifierAsync).RequireScope("update:users");
        api.MapGet("/user-blocks/{id}", OfUserAsync).RequireScope("read:users");
        api.MapDelete("/user-blocks/{id}", LiftOfUserAsync).RequireScope("update:users");
        api.MapGet("/anomaly/blocks/ips/{id}", OfAddressAsync).RequireScope("read:anomaly_blocks");
        api.MapDelete("/anomaly/blocks/ips/{id}", LiftOfAddressAsync).RequireScope("delete:anomaly_blocks");
    }

    private static async Task<IResult> OfIdentifierAsync(HttpContext http, BlockService blocks, CancellationToken ct)
    {
        var identifier = Query.Required(http, "identifier");
        CheckBruteForceMember(http);
        return TypedResults.Ok(await blocks.OfIdentifierAsync(identifier, ct));
    }

    private static async Task<IResult> LiftOfIdentifierAsync(
        HttpContext http, BlockService blocks, ManagementPrincipal caller, CancellationToken ct)
    {
        await blocks.LiftOfIdentifierAsync(Query.Required(http, "identifier"), caller, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> OfUserAsync(
        string id, HttpContext http, BlockService blocks, CancellationToken ct)
    {
        CheckBruteForceMember(http);
        return TypedResults.Ok(await blocks.OfUserAsync(PathIds.Unslashed(id), ct));
    }

    private static async Task<IResult> LiftOfUserAsync(
        string id, BlockService blocks, ManagementPrincipal caller, CancellationToken ct)
    {
        await blocks.LiftOfUserAsync(PathIds.Unslashed(id), caller, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> OfAddressAsync(string id, BlockService blocks, CancellationToken ct)
    {
        await blocks.EnsureBlockedAsync(AddressOf(id), ct);
        return TypedResults.Ok();
    }

    private static async Task<IResult> LiftOfAddressAsync(string id, BlockService blocks, CancellationToken ct)
    {
        await blocks.LiftAsync(AddressOf(id), ct);
        return TypedResults.NoContent();
    }

    /// <summary>The protection is always on, so that its answer is the same either way.</summary>
    private static void CheckBruteForceMember(HttpContext http) => Query.Flag(http, "consider_brute_force_enablement");

    private static IPAddress AddressOf(string id) => IPAddress.TryParse(id, out var address)
        ? address
        : throw ManagementError.BadRequest(
            "Path validation error: 'Expected an IP address' on property id.", "invalid_uri").AsException();
}
