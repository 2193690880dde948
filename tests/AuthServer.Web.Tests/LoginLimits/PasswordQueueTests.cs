using AuthServer.Core.Users;
using AuthServer.Web.Cryptography;

namespace AuthServer.Web.Tests.LoginLimits;

/// <summary>One address can't hold up the others, and what finds no place is refused at once.</summary>
public sealed class PasswordQueueTests
{
    private readonly PasswordQueue queue = new(cores: 1, maxWaiting: 4);

    [Fact]
    public async Task Addresses_take_turns()
    {
        await EnterAsync("running");
        var order = new List<string>();
        Task[] turns =
        [
            RunAsync("office", "office 1"), RunAsync("office", "office 2"), RunAsync("office", "office 3"),
            RunAsync("home", "home 1"),
        ];
        queue.Leave();
        await Task.WhenAll(turns);

        Assert.Equal(["office 1", "home 1", "office 2", "office 3"], order);
        Assert.Equal(0, queue.Waiting);

        async Task RunAsync(string address, string name)
        {
            await EnterAsync(address);
            order.Add(name);
            queue.Leave();
        }
    }

    [Fact]
    public async Task An_address_that_fills_the_queue_is_refused_and_yields_a_place_to_another()
    {
        await EnterAsync("office");
        var office = Enumerable.Range(0, 4).Select(_ => EnterAsync("office")).ToList();

        await Assert.ThrowsAsync<PasswordQueueFullException>(() => EnterAsync("office"));
        var home = EnterAsync("home");
        await Assert.ThrowsAsync<PasswordQueueFullException>(() => office[3]);
        queue.Leave();
        await office[0];
        queue.Leave();
        await home;

        Assert.Equal(2, queue.Waiting);
    }

    [Fact]
    public async Task With_one_place_for_each_address_another_address_is_refused()
    {
        await EnterAsync("0");
        for (var i = 1; i <= 4; i++)
            _ = EnterAsync($"{i}");

        await Assert.ThrowsAsync<PasswordQueueFullException>(() => EnterAsync("5"));
        Assert.Equal(4, queue.Waiting);
    }

    [Fact]
    public async Task A_caller_who_goes_away_leaves_the_line()
    {
        await EnterAsync("running");
        using var gone = new CancellationTokenSource();
        var (leaving, staying) = (queue.EnterAsync("office", gone.Token), EnterAsync("home"));

        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        queue.Leave();
        await staying;
        queue.Leave();

        Assert.Equal(0, queue.Waiting);
        await EnterAsync("next");
    }

    [Theory]
    [InlineData(null, 1, 24)]
    [InlineData(null, 3, 42)]
    [InlineData(7, 3, 7)]
    public void The_places_grow_with_the_cores_unless_they_are_set(int? set, int cores, int places) =>
        Assert.Equal(places, new PasswordHashingOptions { MaxWaiting = set }.MaxWaitingOf(cores));

    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public void A_number_of_places_that_makes_no_sense_stops_the_start(int places)
    {
        var options = new PasswordHashingOptions { MaxWaiting = places };

        Assert.Contains("MaxWaiting", Assert.Single(options.Validate()), StringComparison.Ordinal);
    }

    private Task EnterAsync(string address) => queue.EnterAsync(address, TestContext.Current.CancellationToken);
}
