using System.Text.Json.Nodes;
using AuthServer.Storage;
using AuthServer.Web.Management.Wire;

namespace AuthServer.Web.Management.Search;

/// <summary>Reads a list that can be searched, within the limits that Auth0's documents state.</summary>
internal sealed class BoundedSearch(AuthDbContext db, SearchLimits limits)
{
    private const int MaxRecords = 1000;

    private static readonly ManagementError TooFar = new(
        StatusCodes.Status400BadRequest,
        $"You can only page through the first {MaxRecords} records. Narrow the search.",
        "invalid_paging");

    public async Task<JsonNode> PageAsync<T>(
        string key, Paging paging, IQueryable<T> ordered, Func<T, JsonNode> write, CancellationToken ct)
    {
        if ((long)paging.Page * paging.Size >= MaxRecords)
            throw TooFar.AsException();
        try
        {
            return await db.ReadWithinAsync(limits.Timeout, () => paging.PageAsync(key, ordered, write, ct), ct);
        }
        catch (TimeoutException)
        {
            throw ManagementError.InvalidQuery(
                $"The search took longer than {limits.Timeout.TotalSeconds} seconds. "
                + "Search for exact values or prefixes, of fewer fields").AsException();
        }
    }
}
