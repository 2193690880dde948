using System.Text.Json;

namespace AuthServer.Core.Tests;

/// <summary>The size that a request has where it is stored or encrypted, to the byte.</summary>
public sealed class RequestParametersTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("\u0001\u2028\"")]
    [InlineData("\u65e5\u672c\ud83d\ude42")]
    [InlineData("\ud83d")]
    public void A_request_fits_in_the_bytes_of_its_JSON_and_in_no_fewer(string value)
    {
        var values = new Dictionary<string, string> { ["state"] = string.Concat(Enumerable.Repeat(value, 100)) };
        Assert.True(RequestParameters.From(values).Succeeded(out var parameters, out _));
        var size = JsonSerializer.SerializeToUtf8Bytes(values, JsonText.Relaxed).Length;

        Assert.True(parameters.FitsIn(size));
        Assert.False(parameters.FitsIn(size - 1));
    }
}
