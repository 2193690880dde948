using AuthServer.Core.Logs;

namespace AuthServer.Core.Tests.Logs;

public sealed class LogEventTypesTests
{
    /// <summary>Refusals are dropped in a flood; a change must always be in the log.</summary>
    [Fact]
    public void A_change_is_never_a_refusal()
    {
        var types = typeof(LogEventTypes).GetProperties()
            .Select(property => property.GetValue(null))
            .OfType<LogEventType>()
            .ToList();

        Assert.Contains(types, type => type.IsChange);
        Assert.Contains(types, type => type.IsRefusal);
        Assert.DoesNotContain(types, type => type is { IsChange: true, IsRefusal: true });
    }
}
