using AuthServer.Faults;
using AuthServer.Faults.Stores;
using AuthServer.TestKit;

namespace AuthServer.Web.Tests;

/// <summary>
/// docs/operations.md#when-the-store-fails, in short; <c>dotnet run --project tests/AuthServer.Faults stores</c> lasts
/// longer, and prints what it counted.
/// </summary>
public sealed class StoreFailureTests
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Faults =>
        [.. Outages.All.Where(outage => outage.Place.Embedded != TestPostgres.IsDefault).Select(outage => outage.Name)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_store_that_fails_is_a_503_and_heals_by_itself_with_nothing_lost(string fault)
    {
        try
        {
            var tally = await Drill.RunAsync(Outages.All.Single(outage => outage.Name == fault).OpenAsync, Length);

            Assert.True(tally.Clean, tally.ToString());
        }
        catch (NotHereException missing)
        {
            throw Requires.Missing($"What a {fault} needs ({missing.Message})");
        }
    }
}
