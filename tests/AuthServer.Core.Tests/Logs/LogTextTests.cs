using AuthServer.Core.Logs;

namespace AuthServer.Core.Tests.Logs;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("openid/6", "openid/6")]
    [InlineData("grüße 🦉", "grüße 🦉")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("12345678🦉", "12345678🦉")]
    [InlineData("123456789🦉", "123456789")]
    [InlineData("日本語日本語", "日本語日")]
    [InlineData("1234567890123", "123456789012")]
    public void A_text_is_cut_to_a_number_of_bytes_and_made_readable(string sent, string kept) =>
        Assert.Equal(kept, LogText.Bounded(sent, 12));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("a\uFFFDb", LogText.Bounded("a" + (char)0xD83E + "b", 10));

    [Fact]
    public void Missing_values_stay_null() => Assert.Null(LogText.Bounded(null, 10));
}
