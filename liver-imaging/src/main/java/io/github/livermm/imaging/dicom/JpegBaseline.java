// SPDX-License-Identifier: Apache-2.0
package io.github.livermm.imaging.dicom;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** JPEG baseline, 8 bit, one component, by the decoder of the JDK. */
final class JpegBaseline {
    private JpegBaseline() {}

    static int[] decode(String file, byte[] coded, PixelFormat format) throws DicomException {
        ImageReader reader = reader(file);
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(coded))) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != format.columns() || reader.getHeight(0) != format.rows()) {
                throw new DicomException(
                        String.format(
                                "%s: the JPEG frame is %d x %d, the header says %d x %d",
                                file,
                                reader.getWidth(0),
                                reader.getHeight(0),
                                format.columns(),
                                format.rows()));
            }
            Raster raster = reader.readRaster(0, null);
            if (raster.getNumBands() != 1) {
                throw new DicomException(
                        file + ": the JPEG frame has " + raster.getNumBands() + " components");
            }
            int[] samples = new int[format.pixels()];
            return raster.getSamples(0, 0, format.columns(), format.rows(), 0, samples);
        } catch (DicomException told) {
            throw told;
        } catch (IOException | RuntimeException broken) {
            throw new DicomException(
                    file + ": the JPEG frame cannot be decoded (" + broken.getMessage() + ")",
                    broken);
        } finally {
            reader.dispose();
        }
    }

    /** The JDK's own reader, whatever others the class path holds. */
    private static ImageReader reader(String file) throws DicomException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
        }
        throw new DicomException(
                file + ": this Java runtime has no JPEG reader; use one with java.desktop");
    }
}
